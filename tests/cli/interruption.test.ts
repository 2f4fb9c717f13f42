import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import { ended, fixture, matrixSim, newFolder, startMatrixSim } from './matrix-sim.js';

const agent = `module:${fixture('waiting-agent.mjs')}`;
const args = ['run', '--hazard', 'H01', '--agent', agent, '--concurrency', '3', '--run-id', 'r'];

async function stored(folder: string): Promise<StoredDialogue[]> {
  const store = openSqliteStore(path.join(folder, '.matrix/store.db'));
  const all: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues('r')) all.push(dialogue);
  await store.close();
  return all;
}

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await condition().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('the condition was never met');
}

const someHeldSomeNot = (dialogues: readonly StoredDialogue[]) =>
  dialogues.some(({ attempt }) => attempt) && dialogues.some(({ attempt }) => !attempt);

describe('a run that is killed', () => {
  it('holds whole dialogues only, and resumes to what an undisturbed run gives', async () => {
    const undisturbed = newFolder();
    expect(matrixSim(undisturbed, ...args).status).toBe(0);

    const folder = newFolder();
    const child = startMatrixSim(folder, { WAIT_MS: '60' }, ...args);
    await waitFor(async () => someHeldSomeNot(await stored(folder)));
    const exit = ended(child);
    child.kill('SIGKILL');
    await exit;
    const left = await stored(folder);
    expect(left.some(({ attempt }) => !attempt)).toBe(true);
    expect(left.length).toBeLessThan(13);

    expect(matrixSim(folder, 'run', '--resume', 'r').status).toBe(0);
    expect(JSON.stringify(await stored(folder))).toBe(JSON.stringify(await stored(undisturbed)));
  });
});

describe('Ctrl-C', () => {
  it('finishes and stores what is in flight, exits with 130 and can be resumed', async () => {
    const folder = newFolder();
    const child = startMatrixSim(folder, { WAIT_MS: '60' }, ...args);
    await waitFor(async () => (await stored(folder)).length > 0);
    const exit = ended(child);
    child.kill('SIGINT');
    expect(await exit).toBe(130);
    const left = await stored(folder);
    expect(left.every(({ attempt }) => attempt?.standing === 'valid')).toBe(true);
    expect(left.length).toBeLessThan(13);
    expect(matrixSim(folder, 'run', '--resume', 'r').status).toBe(0);
    expect(await stored(folder)).toHaveLength(13);
  });
});
