import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, mainFile, matrixSim, newFolder, spawnMatrixSim } from './matrix-sim.js';

const dist = (file: string) => path.resolve(import.meta.dirname, '../../dist', file);
const SCENARIO = ['run', '--scenario', 'H01-D01', '--run-id', 'r'];

function withModule(text: string) {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'bot.mjs'), text);
  return { folder, args: [...SCENARIO, '--agent', 'module:bot.mjs'] };
}

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    // What nobody waits for stays as a zombie, which runs no more.
    if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return false;
}

/** The id of a process, once it has been written down. */
async function pidIn(file: string): Promise<number> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Number(readFileSync(file, 'utf8'));
}

/** Leaves behind a timer and a child in a group of its own, whose id it writes down. */
const LEAVING = `
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
setInterval(() => {}, 1000);
const child = spawn('sleep', ['600'], { detached: true, stdio: 'inherit' });
writeFileSync('child.pid', String(child.pid));
export default async (turns) => {
  if (process.env.SLOW) await new Promise((resolve) => setTimeout(resolve, 60_000));
  return { text: 'Goodbye.', end: true };
};`;

describe('the status of a run', () => {
  it('is 3 and its agent is named where the agent ends its process', async () => {
    const { folder, args } = withModule(
      'export default (turns) => { if (turns.length === 2) process.exit(0); return "Hello."; }',
    );
    const { status, stdout } = await matrixSim(folder, ...args);
    expect(status).toBe(3);
    expect(stdout).toContain('bot: 1 × the module called process.exit(0)');
  });

  it('is that of the work where nobody reads what it prints', async () => {
    const folder = newFolder();
    const child = spawn(process.execPath, [mainFile, 'show', 'r/no/such/1'], { cwd: folder });
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await ended(child)).toBe(2);
  });

  it('is none of success where what was found cannot be written', () => {
    const child = spawn('sh', [
      '-c',
      `"${process.execPath}" "${mainFile}" scenarios list > /dev/full`,
    ]);
    return expect(ended(child)).resolves.toBe(3);
  });
});

describe('a log on a full disk', () => {
  it('is no mistake of the user: 3, and the way on', async () => {
    const { status, stderr } = await matrixSim(newFolder(), ...SCENARIO, '--log', '/dev/full');
    expect(stderr).toMatch(/error: \/dev\/full: cannot be written \(ENOSPC\)\n.*--resume r\n$/);
    expect(status).toBe(3);
  });
});

describe('a defect', () => {
  /** Runs in the command's own process once that watches how it ends. */
  const meanwhile = (deed: string) => {
    const text = `const timer = setInterval(() => {
      if (process.listenerCount('uncaughtException') === 0) return;
      clearInterval(timer);
      ${deed}
    }, 5)`;
    return { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(text)}"` };
  };

  it.each(['throw new Error("bo\\u001bom")', 'void Promise.reject(new Error("bo\\u001bom"))'])(
    'has a status of its own, one line, and its stack in a file: %s',
    async (deed) => {
      const run = await spawnMatrixSim(newFolder(), meanwhile(deed), 'run');
      expect(run.status).toBe(70);
      const [line, mend, ...more] = run.stderr.trimEnd().split('\n');
      expect(line).toBe('error: defect in matrix-sim: bo\\u001bom');
      expect(more).toEqual([]);
      const [, file = ''] = /with (\S+)\.$/.exec(mend ?? '') ?? [];
      expect(readFileSync(file, 'utf8')).toMatch(/Error: bo.om\n\s+at /);
    },
  );

  it('is told where something ends the process with 0 before the run is over', async () => {
    const run = await spawnMatrixSim(newFolder(), meanwhile('process.exit(0)'), 'run');
    expect(run.status).toBe(70);
    expect(run.stderr).toContain('was ended (status 0) before its work was done');
  });
});

describe('what an agent leaves behind', () => {
  it('keeps the command from nothing, and ends with it', async () => {
    const { folder, args } = withModule(LEAVING);
    expect((await spawnMatrixSim(folder, {}, ...args)).status).toBe(0);
    expect(await isGone(Number(readFileSync(path.join(folder, 'child.pid'), 'utf8')))).toBe(true);
  });

  /** Starts a command whose agent writes down the id of a process, and waits for that. */
  async function startLeaving(text: string, args: (run: string[]) => string[]) {
    const { folder, args: run } = withModule(text);
    const child = spawn(process.execPath, [mainFile, ...args(run)], {
      cwd: folder,
      env: { ...process.env, SLOW: '1' },
      stdio: 'ignore',
    });
    return { child, status: ended(child), pid: await pidIn(path.join(folder, 'child.pid')) };
  }

  const check = () => ['agents', 'check', 'module:bot.mjs'];

  it.each([
    ['run', 'SIGTERM', 143, (run: string[]) => run],
    ['run', 'SIGHUP', 129, (run: string[]) => run],
    ['agents check', 'SIGTERM', 143, check],
    ['agents check', 'SIGINT', 130, check],
  ] as const)('ends with %s after %s too', async (_, signal, expected, args) => {
    const { child, status, pid } = await startLeaving(LEAVING, args);
    child.kill(signal);
    expect(await status).toBe(expected);
    expect(await isGone(pid)).toBe(true);
  });

  it('ends where the command is killed, also in an endless loop', async () => {
    const looping = `import { writeFileSync } from 'node:fs';
      export default () => { writeFileSync('child.pid', String(process.pid)); for (;;); };`;
    const { child, pid } = await startLeaving(looping, (run) => run);
    child.kill('SIGKILL');
    expect(await isGone(pid)).toBe(true);
  });

  it('ends where the command is killed before the module was loaded', async () => {
    const { folder } = withModule('export default () => "Hello."');
    const begin = `
      import { readFileSync, writeFileSync } from 'node:fs';
      import { ModuleProcess } from '${dist('agents/under-test/module-process.js')}';
      new ModuleProcess('${path.join(folder, 'bot.mjs')}');
      writeFileSync('child.pid', readFileSync('/proc/self/task/' + process.pid + '/children'));
      process.kill(process.pid, 'SIGKILL');`;
    writeFileSync(path.join(folder, 'begin.mjs'), begin);
    spawn(process.execPath, ['begin.mjs'], { cwd: folder, stdio: 'ignore' });
    expect(await isGone(await pidIn(path.join(folder, 'child.pid')))).toBe(true);
  });
});

describe('a command that cannot do what it is told', () => {
  const folder = newFolder();
  mkdirSync(path.join(folder, 'closed'));
  chmodSync(path.join(folder, 'closed'), 0o500);

  it.each([
    [['run', '--store', '']],
    [['run', '--store', ':memory:']],
    [['run', '--store', 'file:x?mode=memory']],
    [['run', '--store', 'https://example.org/db']],
    [['run', '--run-id', '-x']],
    [['run', '--run-id', 'x'.repeat(251)]],
    [['judge', 'run', 'r', '--batch', '--wait', '--interval', '3e9']],
    [['scenarios', 'check', '--closest', 'abc']],
    [['init', 'no/such/folder']],
    [['init', '/proc/1']],
    [['run', '--log', '/proc/1/log']],
    [['run', '--\u001B[2J']],
  ])('says so in words, with 2: %j', async (args) => {
    const { status, stdout, stderr } = await matrixSim(folder, ...args);
    expect(stderr).not.toMatch(/\n\s+at |node:internal|(?!\n)\p{Cc}/u);
    expect(stderr).toMatch(/error: /);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});
