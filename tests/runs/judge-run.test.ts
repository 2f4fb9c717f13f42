import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../tools/model-server/model-server.js';
import { judgingId } from '../../src/runs/judging/judging-of.js';
import type { RunStore } from '../../src/store/run-store.js';
import { startServer } from '../tools/model-server/start-server.js';
import {
  answerTo,
  callsOf,
  dialoguesOf,
  holdRun,
  judgeBy,
  modesAsked,
  newStore,
  specOf,
  storedRun,
} from './judging-fixtures.js';

async function start(answer: (seen: SeenRequest) => string = (seen) => answerTo(seen)) {
  const server = await startServer({ answer });
  const { store, storeFile } = newStore();
  await holdRun(store);
  return { server, store, storeFile, jury: { judges: [specOf(server)] } };
}

/** A store that fails to keep verdicts from the nth on. */
function failingAt(store: RunStore, nth: number): RunStore {
  let saves = 0;
  return {
    ...store,
    saveJudgement: (...judged) => {
      saves += 1;
      return saves < nth ? store.saveJudgement(...judged) : Promise.reject(new Error('killed'));
    },
  };
}

describe('a run that is held without a judge', () => {
  it('has no judging, and when it is judged the verdicts of one that was judged as it went', async () => {
    const { store: held, storeFile } = newStore();
    await holdRun(held, { judges: [] });
    expect(await held.judgings('r-1')).toEqual([]);
    await judgeBy({ judges: ['deterministic'] }, await storedRun(held), { store: held, storeFile });
    const { store: judged } = newStore();
    await holdRun(judged);
    expect(await dialoguesOf(held)).toEqual(await dialoguesOf(judged));
    expect((await dialoguesOf(held)).every(({ verdicts }) => verdicts)).toBe(true);
  });

  it('can have no gate, no second juror and no policy', async () => {
    for (const more of [
      { failOn: ['severity>=major'] },
      { second: 'openai:m' },
      { policy: 'p.md' },
    ]) {
      const held = holdRun(newStore().store, { judges: [], ...more });
      await expect(held).rejects.toThrow('need jurors, and this run has none');
    }
  });
});

describe('judging a stored run', () => {
  it('adds a further judging beside the first, of every dialogue', async () => {
    const { server, store, storeFile, jury } = await start();
    const outcome = await judgeBy(jury, await storedRun(store), { store, storeFile });
    expect(outcome.state).toBe('judged');
    const [first, second] = await store.judgings('r-1');
    expect(second).toMatchObject({ id: judgingId(outcome.judge), jurors: jury.judges });
    const before = await dialoguesOf(store, first?.id);
    const after = await dialoguesOf(store);
    expect(after.map(({ verdicts }) => verdicts?.[0]?.jurors[0]?.juror)).toEqual(
      after.map(() => jury.judges[0]),
    );
    expect(
      before.every(({ verdicts }) => verdicts?.[0]?.jurors[0]?.juror === 'deterministic'),
    ).toBe(true);
    expect(after.map(({ attempt, attempts }) => ({ attempt, attempts }))).toEqual(
      before.map(({ attempt, attempts }) => ({ attempt, attempts })),
    );
    expect(server.count()).toBe(4);
  });

  it('lets the standing decide what is judged, as when the dialogue was held', async () => {
    const { server, store, storeFile, jury } = await start();
    const [valid] = await dialoguesOf(store);
    if (!valid?.attempt) throw new Error('nothing was held');
    for (const [repeat, standing] of [
      [2, 'not-exposed'],
      [3, 'incomplete'],
      [4, 'invalid'],
    ] as const) {
      const key = { scenario: valid.scenario, agent: valid.agent, repeat };
      await store.beginDialogue('r-1', key);
      await store.saveAttempt('r-1', key, { ...valid.attempt, standing });
    }
    await judgeBy(jury, await storedRun(store), { store, storeFile });
    const judged = (await dialoguesOf(store)).filter(({ scenario, agent }) => {
      return scenario === valid.scenario && agent === valid.agent;
    });
    expect(judged.map(({ verdicts }) => verdicts !== undefined)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const modes = judged.map(({ verdicts = [] }) => verdicts.map(({ failureMode }) => failureMode));
    expect(modes[0]).toContain('H01-F1');
    expect(modes[1]?.every((mode) => mode.startsWith('X'))).toBe(true);
    expect(server.count()).toBe(5);
  });

  it('makes no call and keeps no verdict twice when the command is repeated', async () => {
    const { server, store, storeFile, jury } = await start();
    await judgeBy(jury, await storedRun(store), { store, storeFile });
    const before = await dialoguesOf(store);
    let waiting = -1;
    const again = await judgeBy(jury, await storedRun(store), {
      store,
      storeFile,
      onBegin: (number) => (waiting = number),
    });
    expect(again.state).toBe('judged');
    expect(waiting).toBe(0);
    expect(await dialoguesOf(store)).toEqual(before);
    expect(server.count()).toBe(4);
  });

  it('goes on after it was killed, from the calls that were answered', async () => {
    const { server, store, storeFile, jury } = await start();
    const source = await storedRun(store);
    const failing = { store: failingAt(store, 2), storeFile, concurrency: 1 };
    await expect(judgeBy(jury, source, failing)).rejects.toThrow('killed');
    expect(server.count()).toBe(2);
    const judged = (await dialoguesOf(store)).filter(({ verdicts }) => verdicts);
    expect(judged).toHaveLength(1);
    await judgeBy(jury, source, { store, storeFile });
    expect((await dialoguesOf(store)).every(({ verdicts }) => verdicts)).toBe(true);
    expect(server.count()).toBe(4);
  });

  it('keeps the calls of two judgings apart', async () => {
    const { server, store, storeFile, jury } = await start();
    const first = await judgeBy(jury, await storedRun(store), { store, storeFile });
    const both = { judges: [...jury.judges, 'deterministic'] };
    const second = await judgeBy(both, await storedRun(store), { store, storeFile });
    const role = `juror ${jury.judges[0] ?? ''}`;
    const usage = (await store.usage('r-1')).map(({ judging, role, calls }) => [
      judging,
      role,
      calls,
    ]);
    const of = ({ judge }: typeof first) => [judgingId(judge), role, 4];
    expect(new Set(usage)).toEqual(new Set([of(first), of(second)]));
    expect(await callsOf(store)).toHaveLength(8);
    expect(server.count()).toBe(8);
  });

  it('refuses an answer in the journal that was given to another request', async () => {
    const { server, store, storeFile, jury } = await start();
    await judgeBy(jury, await storedRun(store), { store, storeFile });
    const { store: other } = newStore();
    await holdRun(other);
    const judging = (await store.judgings('r-1')).at(-1);
    const [dialogue] = await dialoguesOf(store);
    if (!judging || !dialogue) throw new Error('nothing was judged');
    await other.saveJudging('r-1', { ...judging, nonce: 'another' });
    const sitting = { judging: judging.id };
    const [call] = await store.calls('r-1', dialogue, sitting);
    if (call) await other.journal('r-1', dialogue, sitting).record(call);
    await expect(
      judgeBy(jury, await storedRun(other), { store: other, storeFile, concurrency: 1 }),
    ).rejects.toThrow(`juror ${jury.judges[0] ?? ''} would ask something else`);
    expect(server.count()).toBe(4);
  });

  it('stops when its budget is spent, counts what it used before, and goes on with a larger one', async () => {
    const { server, store, storeFile, jury } = await start();
    const judge = async (tokens: number) =>
      judgeBy(jury, await storedRun(store), { store, storeFile, tokens, concurrency: 1 });
    expect((await judge(1)).state).toBe('budget');
    expect(server.count()).toBe(1);
    expect((await judge(1)).state).toBe('budget');
    expect(server.count()).toBe(1);
    expect((await judge(10_000_000)).state).toBe('judged');
    expect(server.count()).toBe(4);
  });

  it('has judged all where the last dialogue spends the budget', async () => {
    const { store, storeFile, jury } = await start();
    await judgeBy(jury, await storedRun(store), { store, storeFile });
    const used = (await store.usage('r-1')).map((use) => use.inputTokens + use.outputTokens);
    const { store: other } = newStore();
    await holdRun(other);
    const tokens = used.reduce((sum, number) => sum + number, 0) - 1;
    const outcome = await judgeBy(jury, await storedRun(other), {
      store: other,
      storeFile,
      tokens,
      concurrency: 1,
    });
    expect(outcome.state).toBe('judged');
  });

  it('ends what is in flight when it is stopped, and the same command goes on', async () => {
    const { server, store, storeFile, jury } = await start();
    const stop = new AbortController();
    const outcome = await judgeBy(jury, await storedRun(store), {
      store,
      storeFile,
      concurrency: 1,
      stop: stop.signal,
      onJudged: () => stop.abort(),
    });
    expect(outcome.state).toBe('interrupted');
    expect((await dialoguesOf(store)).filter(({ verdicts }) => verdicts)).toHaveLength(1);
    await judgeBy(jury, await storedRun(store), { store, storeFile });
    expect(server.count()).toBe(4);
  });

  it('asks a stronger juror for what is left open, and counts every call in the usage', async () => {
    const server = await startServer({
      answer: (seen) =>
        answerTo(seen, seen.model === 'weak' ? { X09: { verdict: 'abstain' } } : {}),
    });
    const { store, storeFile } = newStore();
    await holdRun(store, { scenarios: ['H01-D01'], agents: ['offline:careful'] });
    const jury = { judges: [specOf(server, 'weak')], second: specOf(server, 'strong') };
    await judgeBy(jury, await storedRun(store), { store, storeFile });
    expect(server.requests.map(({ model }) => model)).toEqual(['weak', 'strong']);
    const [, strong] = server.requests;
    expect(strong && modesAsked(strong)).toHaveLength(1);
    expect((await store.usage('r-1')).map(({ model, calls }) => ({ model, calls }))).toEqual([
      { model: jury.second, calls: 1 },
      { model: jury.judges[0], calls: 1 },
    ]);
  });

  it('refuses a run that was made with other scenarios', async () => {
    const { store } = await start();
    const run = await store.run('r-1');
    if (!run) throw new Error('no run');
    const other = { name: 'scenarios', decides: 'transcripts' as const, fingerprint: 'other' };
    await store.createRun({ ...run, id: 'r-2', contents: [other] });
    await expect(storedRun(store, 'r-2')).rejects.toThrow(/run r-2 was made with scenarios other/);
  });
});
