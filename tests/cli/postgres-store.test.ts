import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.js';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import { describeWithPostgres, PASSWORD } from '../postgres.js';
import { held, stored, unfinished, waitFor, waitingRun } from './killed-runs.js';
import { ended, matrixSim, newFolder, startMatrixSim } from './matrix-sim.js';

async function storedAt(url: string): Promise<StoredDialogue[]> {
  const store = await openPostgresStore(url);
  const all: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues('r')) all.push(dialogue);
  await store.close();
  return all;
}

describeWithPostgres('the command line with a store on a server', (cluster) => {
  it('does with it all that it does with a file, and shows its password nowhere', async () => {
    const [folder, url] = [newFolder(), await cluster.newDatabase()];
    const say = async (...args: string[]) => {
      const { status, stdout, stderr } = await matrixSim(folder, ...args, '--store', url);
      expect(stderr + stdout, args.join(' ')).not.toContain(encodeURIComponent(PASSWORD));
      expect(status, `${args.join(' ')}: ${stderr}`).toBe(EXIT.ok);
      return stdout;
    };
    await say(
      'run',
      '--run-id',
      'r',
      '--scenario',
      'H01-D01',
      '--agent',
      'offline:careful',
      '--agent',
      'offline:late',
    );
    expect(await say('compare', 'r', '--agents', 'careful,late')).toContain('late');
    expect(await say('runs')).toContain('2/2');
    expect(await say('report', 'r')).toContain('--store postgres://matrix@127.0.0.1');
    await say('show', 'r/H01-D01/careful/1');
    expect(await say('verify', 'r')).toMatch(/records/);
    await say('export', 'r', '--out', 'r.jsonl');
    await say('judge', 'run', 'r', '--judge', 'deterministic');
    await say('replay', 'run', 'r');
    await say('review', 'export', 'r', '--out', 'review', '--sample', '2', '--format', 'csv');
    await say('runs', 'rm', 'r');
    await say('import', 'r.jsonl');
    expect(await say('runs', '--json')).toContain('"store": "postgres://matrix@127.0.0.1');
    const texts = await cluster.say(url, 'select record from runs');
    expect(JSON.stringify(texts)).not.toContain(encodeURIComponent(PASSWORD));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
    for (const file of files.filter((each) => each.isFile())) {
      const text = readFileSync(path.join(file.parentPath, file.name), 'latin1');
      expect(text, file.name).not.toContain(encodeURIComponent(PASSWORD));
    }
  });

  it('tells of a server that is not there in one line', async () => {
    const away = 'postgres://matrix:planted-elsewhere@127.0.0.1:1/runs';
    const { status, stderr } = await matrixSim(newFolder(), 'runs', '--store', away);
    expect(status).toBe(EXIT.incomplete);
    expect(stderr).toMatch(/store postgres:\/\/matrix@127.0.0.1:1\/runs cannot be reached/);
    expect(stderr).not.toContain('planted-elsewhere');
  });

  describe('where a run is cut off', () => {
    const args = waitingRun(3);
    const begin = async (run: (folder: string, url: string) => Promise<void>) => {
      const undisturbed = newFolder();
      expect((await matrixSim(undisturbed, ...args)).status).toBe(EXIT.ok);
      const [folder, url] = [newFolder(), await cluster.newDatabase()];
      await run(folder, url);
      expect((await matrixSim(folder, 'run', '--resume', 'r', '--store', url)).status).toBe(
        EXIT.ok,
      );
      expect(JSON.stringify(await storedAt(url))).toBe(JSON.stringify(await stored(undisturbed)));
      expect((await matrixSim(folder, 'verify', 'r', '--store', url)).status).toBe(EXIT.ok);
    };
    const isUnderWay = async (url: string, more: number) => {
      const all = await storedAt(url);
      return held(all) >= more && unfinished(all) > 0;
    };

    it('ends as an undisturbed run in a file when it was killed', async () => {
      await begin(async (folder, url) => {
        for (const more of [2, 6, 10]) {
          const start = more === 2 ? args : ['run', '--resume', 'r'];
          const flags = [...start, '--store', url, '--concurrency', '3'];
          const child = startMatrixSim(folder, { WAIT_MS: '60' }, ...flags);
          const exit = ended(child);
          await waitFor(() => isUnderWay(url, more));
          child.kill('SIGKILL');
          expect(await exit).toBeNull();
        }
      });
    });

    it('says so when the server is stopped, and ends as an undisturbed run afterwards', async () => {
      await begin(async (folder, url) => {
        const flags = [...args, '--store', url, '--concurrency', '3'];
        const child = startMatrixSim(folder, { WAIT_MS: '60' }, ...flags);
        let stderr = '';
        child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
        const exit = ended(child);
        await waitFor(() => isUnderWay(url, 3));
        cluster.stop('immediate');
        try {
          expect(await exit, stderr).toBe(EXIT.incomplete);
        } finally {
          cluster.start();
        }
        expect(stderr).toMatch(/cannot be reached[^]*Start the server[^]*run --resume r/);
      });
    });
  });
});
