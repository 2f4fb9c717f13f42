import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import { ended, fixture, matrixSim, newFolder, startMatrixSim } from './matrix-sim.js';

const agent = `module:${fixture('waiting-agent.mjs')}`;
const args = ['run', '--hazard', 'H01', '--repeats', '12', '--agent', agent, '--run-id', 'r'];
// Many more than twenty kills can use up, however slow the machine that polls between them.
const PLANNED = 13 * 12;
const KILLS = 20;

async function stored(folder: string): Promise<StoredDialogue[]> {
  const store = openSqliteStore(path.join(folder, '.matrix/store.db'));
  const all: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues('r')) all.push(dialogue);
  await store.close();
  return all;
}

const held = (dialogues: readonly StoredDialogue[]) =>
  dialogues.filter(({ attempt }) => attempt).length;
const unfinished = (dialogues: readonly StoredDialogue[]) => dialogues.length - held(dialogues);

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error('the condition was never met');
}

describe('a run that is killed twenty times', () => {
  it('holds whole dialogues only, and ends as an undisturbed run does', async () => {
    const undisturbed = newFolder();
    expect((await matrixSim(undisturbed, ...args)).status).toBe(0);

    const folder = newFolder();
    const random = randomFrom(1, 'kills');
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = kill === 0 ? 0 : held(await stored(folder));
      const more = random.int(1, 2);
      const start = kill === 0 ? args : ['run', '--resume', 'r'];
      const child = startMatrixSim(folder, { WAIT_MS: '60' }, ...start, '--concurrency', '3');
      const exit = ended(child);
      await waitFor(async () => {
        const now = await stored(folder);
        return held(now) >= before + more && unfinished(now) > 0;
      });
      child.kill('SIGKILL');
      await exit;
      expect(unfinished(await stored(folder)), `kill ${kill}`).toBeGreaterThan(0);
    }
    expect(held(await stored(folder))).toBeLessThan(PLANNED);

    expect((await matrixSim(folder, 'run', '--resume', 'r')).status).toBe(0);
    expect(JSON.stringify(await stored(folder))).toBe(JSON.stringify(await stored(undisturbed)));
  }, 240_000);
});

describe('a run that is being worked on', () => {
  it('cannot be resumed or removed a second time at once, and can once its process is dead', async () => {
    const folder = newFolder();
    const child = startMatrixSim(folder, { WAIT_MS: '200' }, ...args);
    await waitFor(async () => unfinished(await stored(folder)) > 0);
    for (const second of [
      ['run', '--resume', 'r'],
      ['runs', 'rm', 'r'],
    ]) {
      const { status, stderr } = await matrixSim(folder, ...second);
      expect(status).toBe(2);
      expect(stderr).toContain('being worked on by another process');
    }
    const exit = ended(child);
    child.kill('SIGKILL');
    await exit;
    expect((await matrixSim(folder, 'runs', 'rm', 'r')).status).toBe(0);
    expect((await matrixSim(folder, 'runs')).stdout).not.toContain('careful');
  });
});

describe('Ctrl-C', () => {
  it('ends what is in flight when given twice, exits with 130 and can be resumed', async () => {
    const folder = newFolder();
    const child = startMatrixSim(folder, { WAIT_MS: '3600000' }, ...args);
    let told = '';
    child.stderr?.on('data', (text: Buffer) => (told += text.toString()));
    await waitFor(async () => (await stored(folder)).length > 0);
    const exit = ended(child);
    child.kill('SIGINT');
    await waitFor(() => Promise.resolve(told.includes('Ctrl-C again to stop at once')));
    child.kill('SIGINT');
    expect(await exit).toBe(130);
    expect(told).toContain('npx matrix-sim run --resume r');
    expect(held(await stored(folder))).toBe(0);
    expect((await matrixSim(folder, 'run', '--resume', 'r')).status).toBe(0);
  });

  it('finishes and stores what is in flight, exits with 130 and can be resumed', async () => {
    const folder = newFolder();
    const child = startMatrixSim(folder, { WAIT_MS: '60' }, ...args);
    await waitFor(async () => (await stored(folder)).length > 0);
    const exit = ended(child);
    child.kill('SIGINT');
    expect(await exit).toBe(130);
    const left = await stored(folder);
    expect(left.every(({ attempt }) => attempt?.standing === 'valid')).toBe(true);
    expect(left.length).toBeLessThan(PLANNED);
    expect((await matrixSim(folder, 'run', '--resume', 'r')).status).toBe(0);
    expect(await stored(folder)).toHaveLength(PLANNED);
  });
});
