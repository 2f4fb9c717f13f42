import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { ended, fixture, newFolder, runMatrixSim, startMatrixSim } from '../cli/matrix-sim.js';
import { judgeThat } from '../cli/scripted-judge.js';
import { startServer } from '../tools/model-server/start-server.js';
import { renderTrials, type Trials } from './trials.js';

const done: Trials[] = [];
afterAll(() => console.log(renderTrials(done)));

/** Runs of one store that are killed together. */
interface Schedule {
  readonly name: string;
  readonly kills: number;
  readonly runs: readonly string[];
  readonly env: () => Promise<Record<string, string>>;
  readonly args: readonly string[];
}

const passing = judgeThat(() => undefined);
const models = async () => {
  const { url } = await startServer({
    keepRequests: false,
    latency: 15,
    answer: (seen) => passing(seen) ?? (seen.format ? JSON.stringify({ faults: [] }) : undefined),
  });
  return { OPENAI_API_KEY: 'sk-any-key', OPENAI_BASE_URL: `${url}/v1` };
};
const waiting = ['--agent', `module:${fixture('waiting-agent.mjs')}`, '--concurrency', '3'];
const hosted = [
  '--agent',
  'openai:agent',
  '--patient',
  'openai:patient',
  '--judge',
  'openai:judge',
];
const offline = () => Promise.resolve({ WAIT_MS: '60' });

const SCHEDULES: readonly Schedule[] = [
  {
    name: 'kills offline',
    kills: 40,
    runs: ['a'],
    env: offline,
    args: ['--hazard', 'H01', '--repeats', '20', ...waiting],
  },
  {
    name: 'kills by models',
    kills: 40,
    runs: ['a'],
    env: models,
    args: ['--hazard', 'H01', '--repeats', '8', '--max-turns', '20', ...hosted],
  },
  {
    name: 'kills of two runs in one store',
    kills: 20,
    runs: ['a', 'b'],
    env: offline,
    args: ['--hazard', 'H01', '--repeats', '12', ...waiting],
  },
];

async function heldIn(folder: string, run: string): Promise<string[]> {
  const store = openSqliteStore(path.join(folder, '.matrix/store.db'));
  try {
    const all: string[] = [];
    for await (const { attempt, verdicts } of store.dialogues(run)) {
      if (attempt) all.push(JSON.stringify({ attempt, verdicts }));
    }
    return all;
  } finally {
    await store.close();
  }
}

describe('a run that is killed again and again', () => {
  it.each(SCHEDULES)(
    'ends as an undisturbed one: $name',
    async ({ name, kills, runs, env, args }) => {
      const random = randomFrom(1, name);
      const environment = await env();
      const [calm, folder] = [newFolder(), newFolder()];
      await runMatrixSim(calm, environment, 'run', '--run-id', 'a', ...args);
      const begun = new Set<string>();
      const failures: string[] = [];
      for (let kill = 0; kill < kills; kill += 1) {
        const children = runs.map((run) => {
          const start = begun.has(run) ? ['--resume', run] : ['--run-id', run, ...args];
          return { run, child: startMatrixSim(folder, environment, 'run', ...start) };
        });
        const exits = children.map(({ child }) => ended(child));
        const patience = random.int(600, 2500);
        await new Promise((resolve) => setTimeout(resolve, patience));
        for (const { child } of children) child.kill('SIGKILL');
        const statuses = await Promise.all(exits);
        const odd = statuses.find((status) => status !== null && status !== 0);
        if (odd !== undefined) failures.push(`kill ${kill}: ended by itself with ${odd}`);
        for (const run of runs) if ((await idsIn(folder)).includes(run)) begun.add(run);
      }
      for (const run of runs) {
        const { status, stderr } = await runMatrixSim(folder, environment, 'run', '--resume', run);
        if (status !== 0) failures.push(`--resume ${run} ended with ${status}: ${stderr}`);
      }
      const expected = await heldIn(calm, 'a');
      for (const run of runs) {
        const isSame = JSON.stringify(await heldIn(folder, run)) === JSON.stringify(expected);
        if (!isSame) failures.push(`run ${run} differs from an undisturbed one`);
      }
      done.push({ name, trials: kills, refused: 0, failures });
      expect(failures).toEqual([]);
    },
  );
});

async function idsIn(folder: string): Promise<string[]> {
  const store = openSqliteStore(path.join(folder, '.matrix/store.db'));
  try {
    return (await store.runs()).map(({ id }) => id);
  } finally {
    await store.close();
  }
}
