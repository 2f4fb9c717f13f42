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
function smallLibrary(): string {
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

export async function stored(folder: string): Promise<StoredDialogue[]> {
  const store = openSqliteStore(path.join(folder, '.matrix/store.db'));
  const all: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues('r')) all.push(dialogue);
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
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the condition was never met');
}

/**
 * Kills an offline run so many times, each while dialogues are open; it must hold whole dialogues
 * only, and end as an undisturbed run does.
 */
export async function killOffline(kills: number): Promise<void> {
  // Many more dialogues than the kills can use up, however slow the machine that polls between them.
  const args = waitingRun(Math.ceil(kills * 0.6));
  const undisturbed = newFolder();
  expect((await matrixSim(undisturbed, ...args)).status).toBe(0);
  const whole = await stored(undisturbed);

  const folder = newFolder();
  const random = randomFrom(1, 'kills');
  for (let kill = 0; kill < kills; kill += 1) {
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
  expect(held(await stored(folder))).toBeLessThan(whole.length);

  expect((await matrixSim(folder, 'run', '--resume', 'r')).status).toBe(0);
  expect(JSON.stringify(await stored(folder))).toBe(JSON.stringify(whole));
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
export async function killByModels(kills: number): Promise<void> {
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
  }
  expect((await runMatrixSim(folder, envOf(server), 'run', '--resume', 'r')).status).toBe(0);
  const ending = await journal(folder);
  expect(ending.calls).toBe(whole.calls);
  expect(ending.jurorCalls).toBe(whole.jurorCalls);
  expect(server.count()).toBe(whole.calls + lost);
  expect(lost).toBeGreaterThan(0);
  expect(JSON.stringify(ending.dialogues)).toBe(JSON.stringify(whole.dialogues));
}
