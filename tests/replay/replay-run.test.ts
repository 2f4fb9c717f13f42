import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionAgent } from '../../src/agents/under-test/module-agent.js';
import { MatrixError } from '../../src/errors.js';
import { openReplay } from '../../src/replay/open-replay.js';
import { withoutSockets } from '../../src/replay/refuse-sockets.js';
import { replayRun, statusOf } from '../../src/replay/replay-run.js';
import { runPlan } from '../../src/runs/run-plan.js';
import type { RunRecord } from '../../src/store/run-record.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { startServer } from '../tools/model-server/start-server.js';
import { never } from '../fixtures.js';

let store: RunStore;
beforeEach(() => {
  store = openSqliteStore(':memory:');
});
afterEach(() => store.close());

async function open(run: RunRecord) {
  const judging = (await store.judgings(run.id)).at(-1);
  return openReplay(run, { store, judging, signal: never });
}

describe('replayRun', () => {
  it('replays the take that counts of a dialogue whose session was lost', async () => {
    const { url } = await startServer();
    let replies = 0;
    const agents = {
      bot: functionAgent(
        (turns) => {
          replies += 1;
          if (replies === 3) throw new Error('out of order');
          return turns.length < 12 ? `How have you been, ${replies}?` : { text: 'Bye.', end: true };
        },
        { history: 'session' },
      ),
    };
    const plan = { agents: ['bot=bot'], scenarios: ['H01-D01'], ear: 'offline' };
    const patient = `openai:p@${url}/v1`;
    await runPlan({ ...plan, patient }, { store, agents, id: 'r' });
    const { run } = await runPlan({}, { store, agents, resume: 'r' });
    const dialogue = await store.dialogue('r', { scenario: 'H01-D01', agent: 'bot', repeat: 1 });
    expect(dialogue).toMatchObject({ restarts: 1, attempts: 2 });
    const replay = await open(run);
    const tally = await withoutSockets(() => replayRun(replay));
    expect(tally).toMatchObject({ simulated: 1, judged: 1, differing: [] });
  });

  it('finds phrases of the patient that were changed since, and goes on with the rest', async () => {
    const { run } = await runPlan(
      { agents: ['offline:careful'], hazards: ['H01'], domains: ['D01', 'D02', 'D03'] },
      { store, id: 'r' },
    );
    const replay = await open(run);
    const phrases = JSON.parse(
      JSON.stringify(replay.library.phrases).replaceAll('Um', 'Erm'),
    ) as typeof replay.library.phrases;
    const tally = await replayRun({ ...replay, library: { ...replay.library, phrases } });
    const whole = await replayRun(replay);
    expect([statusOf(whole), whole.same]).toEqual([0, run.planned]);
    expect(tally.same + tally.differing.length).toBe(run.planned);
    const [first] = tally.differing;
    expect(first?.where).toMatch(/^turn \d+, text$/);
    expect([first?.was, first?.now]).toEqual([
      expect.stringContaining('Um'),
      expect.stringContaining('Erm'),
    ]);
  });

  it('says what a damaged record belongs to', async () => {
    const { run } = await runPlan(
      { agents: ['offline:late'], scenarios: ['H01-D01'] },
      { store, id: 'r' },
    );
    const damaged: RunStore = {
      ...store,
      calls: () => Promise.reject(new MatrixError('the store is damaged', { mend: 'Copy it.' })),
    };
    const replay = { ...(await open(run)), store: damaged };
    await expect(replayRun(replay)).rejects.toThrow(/H01-D01\/late\/1: the store is damaged/);
  });

  it('counts what is planned and not held as unfinished', async () => {
    const stop = new AbortController();
    const { run } = await runPlan(
      { agents: ['offline:late'], hazards: ['H01'], concurrency: 1 },
      { store, id: 'r', stop: stop.signal, onDialogue: () => stop.abort() },
    );
    const tally = await replayRun(await open(run));
    expect([tally.same, tally.unfinished, statusOf(tally)]).toEqual([1, run.planned - 1, 3]);
  });
});
