import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { ended, fixture } from '../cli/matrix-sim.js';
import { attempt, runRecord } from '../contracts/run-store.contract.js';

const DIALOGUES = 60;
const RUNS = ['a', 'b', 'c', 'd'];

async function write(file: string, run: string): Promise<string> {
  const judging = { id: 'j', createdAt: '2026-11-24T09:00:00.000Z', judgeFingerprint: 'f' };
  const records = {
    run: { ...runRecord(run), planned: DIALOGUES },
    judging: { ...judging, jurors: [], decides: [] },
    attempt: attempt('I feel faint. '.repeat(200)),
    dialogues: DIALOGUES,
  };
  const args = [fixture('write-attempts.mjs'), file, JSON.stringify(records)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const status = await ended(child);
  return status === 0 ? '' : `${status}: ${stderr}`;
}

it('takes the runs of many processes at once into a store that none has made before', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'writers-')), 'new', 'store.db');
  expect(await Promise.all(RUNS.map((run) => write(file, run)))).toEqual(RUNS.map(() => ''));
  const store = openSqliteStore(file);
  const runs = await store.runs();
  await store.close();
  expect(runs.map(({ id, held }) => [id, held])).toEqual(
    [...RUNS].reverse().map((run) => [run, DIALOGUES]),
  );
});
