import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { startServer } from '../tools/model-server/start-server.js';
import type { ModelServer } from '../../tools/model-server/model-server.js';
import { ended, fixture, newFolder, runMatrixSim, startMatrixSim } from './matrix-sim.js';
import { judgeThat } from './scripted-judge.js';

const KILLS = 20;
const CONCURRENCY = 6;
const passing = judgeThat(() => undefined);

const envOf = ({ url }: ModelServer) => ({
  OPENAI_API_KEY: 'sk-any-key',
  OPENAI_BASE_URL: `${url}/v1`,
  BOT_URL: url,
  BOT_KEY: 'any-bot-key',
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

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 4000 && !condition(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(condition()).toBe(true);
}

const start = () =>
  startServer({
    keepRequests: false,
    latency: 15,
    answer: passing,
  });

describe('a run by models that is killed twenty times', () => {
  const args = ['run', '--run-id', 'r', '--hazard', 'H01', '--repeats', '5', '--max-turns', '20'];
  const roles = ['--agent', 'openai:agent', '--patient', 'openai:patient'];
  const judge = ['--judge', 'openai:judge'];
  const flags = [...args, ...roles, ...judge, '--concurrency', String(CONCURRENCY)];

  it('asks again only what was in flight, and ends as an undisturbed run', async () => {
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
    for (let kill = 0; kill < KILLS; kill += 1) {
      const again = ['run', '--resume', 'r', '--concurrency', String(CONCURRENCY)];
      const before = server.count();
      const child = startMatrixSim(folder, envOf(server), ...(kill === 0 ? flags : again));
      const exit = ended(child);
      const more = random.int(8, Math.floor(whole.calls / (KILLS + 4)));
      await until(() => server.count() >= before + more);
      child.kill('SIGKILL');
      await exit;
      await until(() => server.inFlight() === 0);
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
  }, 240_000);
});

describe('a run with a session agent that is killed', () => {
  it('begins its open dialogues anew, and counts them', async () => {
    const server = await start();
    const folder = newFolder();
    const spec = `http:${fixture('bot-session.yaml')}`;
    const child = startMatrixSim(
      folder,
      envOf(server),
      ...['run', '--run-id', 'r', '--hazard', 'H01', '--agent', spec, '--concurrency', '4'],
    );
    const exit = ended(child);
    await until(() => server.count() >= 12);
    child.kill('SIGKILL');
    await exit;
    const { status, json } = await runMatrixSim(
      folder,
      envOf(server),
      ...['run', '--resume', 'r', '--json'],
    );
    expect(status).toBe(0);
    const { restarted } = json() as { restarted: number };
    expect(restarted).toBeGreaterThan(0);
    expect(restarted).toBeLessThanOrEqual(4);
  });
});
