import { copyFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { DEFAULT_SCENARIOS } from '../../src/scenarios/load-scenarios.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import type { ModelServer } from '../../tools/model-server/model-server.js';
import { startServer } from '../tools/model-server/start-server.js';
import {
  ended,
  fixture,
  matrixSim,
  newFolder,
  runMatrixSim,
  startMatrixSim,
} from './matrix-sim.js';
import { judgeThat } from './scripted-judge.js';

/** The scenarios of H01 alone: a process that is started again and again reads these faster. */
export function smallLibrary(): string {
  const folder = newFolder();
  for (const file of readdirSync(DEFAULT_SCENARIOS)) {
    if (file.startsWith('H01'))
      copyFileSync(path.join(DEFAULT_SCENARIOS, file), path.join(folder, file));
  }
  return folder;
}

export const waitingAgent = `module:${fixture('waiting-agent.mjs')}`;

/** A run by an agent that waits, thirteen dialogues a repeat. */
export function waitingRun(repeats: number): string[] {
  const roles = ['--agent', waitingAgent, '--scenario-library', smallLibrary()];
  return ['run', '--run-id', 'r', '--repeats', String(repeats), ...roles];
}

export async function stored(folder: string, run = 'r'): Promise<StoredDialogue[]> {
  const store = openSqliteStore(path.join(folder, '.matrix/store.db'));
  const all: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues(run)) all.push(dialogue);
  await store.close();
  return all;
}

export const held = (dialogues: readonly StoredDialogue[]) =>
  dialogues.filter(({ attempt }) => attempt).length;
export const unfinished = (dialogues: readonly StoredDialogue[]) =>
  dialogues.length - held(dialogues);

export async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  const isMet = async () => condition();
  for (let tries = 0; tries < 4000; tries += 1) {
    if (await isMet().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the condition was never met');
}

/** Kills, each of all runs at once. */
interface Kills {
  readonly kills: number;
  readonly onKill?: () => void;
}

/**
 * Kills offline runs of one store so many times, each while dialogues of all are open; they must hold
 * whole dialogues only, and end as an undisturbed run does.
 */
export async function killOffline(
  { kills, onKill }: Kills,
  runs: readonly string[] = ['r'],
): Promise<void> {
  // Many more dialogues than the kills can use up, however slow the machine that polls between them.
  const args = waitingRun(Math.ceil(kills * 0.6 * runs.length));
  const undisturbed = newFolder();
  expect((await matrixSim(undisturbed, ...args)).status).toBe(0);
  const whole = await stored(undisturbed);

  const folder = newFolder();
  const random = randomFrom(1, 'kills', ...runs);
  let cutOff = 0;
  const all = () => Promise.all(runs.map((run) => stored(folder, run)));
  for (let kill = 0; kill < kills; kill += 1) {
    const before = kill === 0 ? [] : (await all()).map(held);
    const more = random.int(1, 2);
    const children = runs.map((run) => {
      const start = kill === 0 ? [...args, '--run-id', run] : ['run', '--resume', run];
      return startMatrixSim(folder, { WAIT_MS: '60' }, ...start, '--concurrency', '3');
    });
    const exits = Promise.all(children.map(ended));
    const isUnderWay = (run: readonly StoredDialogue[], index: number) =>
      held(run) >= (before[index] ?? 0) + more && unfinished(run) > 0;
    await waitFor(async () => (await all()).every(isUnderWay));
    for (const child of children) child.kill('SIGKILL');
    expect(await exits, `kill ${kill}: ended by itself`).toEqual(runs.map(() => null));
    // What was open when we looked may have ended before the kill came.
    cutOff += (await all()).filter((run) => unfinished(run) > 0).length;
    onKill?.();
  }
  expect(cutOff).toBeGreaterThan((kills * runs.length) / 2);
  for (const run of runs) {
    expect(held(await stored(folder, run))).toBeLessThan(whole.length);
    expect((await matrixSim(folder, 'run', '--resume', run)).status).toBe(0);
    expect(JSON.stringify(await stored(folder, run))).toBe(JSON.stringify(whole));
  }
}

const CONCURRENCY = 6;
const passing = judgeThat(() => undefined);

const envOf = ({ url }: ModelServer) => ({
  OPENAI_API_KEY: 'sk-any-key',
  OPENAI_BASE_URL: `${url}/v1`,
});

async function journal(folder: string) {
  const store = openSqliteStore(path.join(folder, '.matrix/store.db'));
  try {
    const usage = await store.usage('r');
    const dialogues = [];
    for await (const { attempt, verdicts, restarts } of store.dialogues('r')) {
      dialogues.push({ attempt, verdicts, restarts });
    }
    const callsOf = (role: string) =>
      usage.filter((each) => each.role.startsWith(role)).reduce((sum, { calls }) => sum + calls, 0);
    return { calls: callsOf(''), jurorCalls: callsOf('juror '), dialogues };
  } finally {
    await store.close();
  }
}

/**
 * Kills a run by models so many times; it must ask again only what was in flight, and end as an
 * undisturbed run does.
 */
export async function killByModels({ kills, onKill }: Kills): Promise<void> {
  const start = () => startServer({ keepRequests: false, latency: 15, answer: passing });
  const size = ['--repeats', String(Math.ceil(kills / 4)), '--max-turns', '20'];
  const roles = ['--agent', 'openai:agent', '--patient', 'openai:patient'];
  const judged = ['--judge', 'openai:judge', '--scenario-library', smallLibrary()];
  const among = ['--concurrency', String(CONCURRENCY)];
  const flags = ['run', '--run-id', 'r', ...size, ...roles, ...judged, ...among];

  const calm = await start();
  const undisturbed = newFolder();
  expect((await runMatrixSim(undisturbed, envOf(calm), ...flags)).status).toBe(0);
  const whole = await journal(undisturbed);
  expect(calm.count()).toBe(whole.calls);
  // One a dialogue: no verdict had to be asked again.
  expect(whole.jurorCalls).toBe(whole.dialogues.length);

  const server = await start();
  const folder = newFolder();
  const random = randomFrom(1, 'hosted kills');
  let lost = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const again = ['run', '--resume', 'r', ...among];
    const before = server.count();
    const child = startMatrixSim(folder, envOf(server), ...(kill === 0 ? flags : again));
    const exit = ended(child);
    const more = random.int(8, Math.floor(whole.calls / (kills + 4)));
    await waitFor(() => server.count() >= before + more);
    child.kill('SIGKILL');
    await exit;
    await waitFor(() => server.inFlight() === 0);
    const unanswered = server.count() - (await journal(folder)).calls - lost;
    expect(unanswered, `kill ${kill}`).toBeLessThanOrEqual(CONCURRENCY);
    expect(unanswered, `kill ${kill}`).toBeGreaterThanOrEqual(0);
    lost += unanswered;
    onKill?.();
  }
  expect((await runMatrixSim(folder, envOf(server), 'run', '--resume', 'r')).status).toBe(0);
  const ending = await journal(folder);
  expect(ending.calls).toBe(whole.calls);
  expect(ending.jurorCalls).toBe(whole.jurorCalls);
  expect(server.count()).toBe(whole.calls + lost);
  expect(lost).toBeGreaterThan(0);
  expect(JSON.stringify(ending.dialogues)).toBe(JSON.stringify(whole.dialogues));
}
