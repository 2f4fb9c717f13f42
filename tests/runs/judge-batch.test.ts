import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../tools/model-server/model-server.js';
import type { BatchesUnderWay } from '../../src/runs/judging/judging-options.js';
import { openTranscriptRun } from '../../src/runs/judging/transcript-run.js';
import type { RunStore } from '../../src/store/run-store.js';
import { dialogue } from '../fixtures.js';
import { startServer } from '../tools/model-server/start-server.js';
import { batched, live, once, pendingIn, reading, start } from './batch-fixtures.js';
import {
  answerTo,
  callsOf,
  clock,
  context,
  dialoguesOf,
  holdRun,
  judgeBy,
  newStore,
  specOf,
  storedRun,
} from './judging-fixtures.js';

describe('judging in a batch', () => {
  it('submits, says how far it is, fetches and judges, each with the same command', async () => {
    const { server, store, storeFile, jury, command } = await start();
    const [spec] = jury.judges;
    expect(await command()).toMatchObject({
      state: 'submitted',
      batches: [{ id: 'batch_1', model: spec, calls: 4, answered: 0 }],
    });
    const { file } = pendingIn(storeFile);
    expect(await command()).toMatchObject({
      state: 'waiting',
      batches: [{ id: 'batch_1', calls: 4, status: 'in_progress' }],
    });
    expect(await store.judgings('r-1')).toHaveLength(1);
    expect((await dialoguesOf(store)).every(({ verdicts }) => verdicts)).toBe(true);

    expect((await command()).state).toBe('judged');
    expect(existsSync(file)).toBe(false);
    const judged = await dialoguesOf(store);
    expect(judged.map(({ verdicts }) => verdicts?.[0]?.jurors[0]?.juror)).toEqual(
      judged.map(() => spec),
    );
    expect(server.count()).toBe(4);
    expect(live(server)).toEqual([]);

    expect((await command()).state).toBe('judged');
    expect(server.count()).toBe(4);
  });

  it('asks to the byte what single calls ask, and journals what they would', async () => {
    const { server, store, command } = await start();
    await command();
    await command();
    await command();
    const { store: other, storeFile } = newStore();
    await holdRun(other);
    const judging = (await store.judgings('r-1')).at(-1);
    if (judging) await other.saveJudging('r-1', judging);
    const jury = { judges: [specOf(server)] };
    await judgeBy(jury, await storedRun(other), { store: other, storeFile });
    const bodies = (seen: readonly SeenRequest[]) =>
      seen.map(({ body }) => JSON.stringify(body)).sort();
    expect(live(server)).toHaveLength(4);
    expect(bodies(batched(server))).toEqual(bodies(live(server)));
    const plain = async (from: RunStore) =>
      (await callsOf(from)).map((call) => ({ ...call, latency: 0 }));
    expect(await plain(store)).toEqual(await plain(other));
    expect(await store.usage('r-1')).toEqual(await other.usage('r-1'));
  });

  it('tells the provider nothing of run, scenario or agent', async () => {
    const server = await startServer({ answer: reading });
    const { store, storeFile } = newStore();
    await holdRun(store, { agents: ['zebra=offline:careful'] });
    const jury = { judges: [specOf(server)] };
    await judgeBy(jury, await storedRun(store), { store, storeFile, batch: once });
    const sent = JSON.stringify(server.requests.map(({ body, customId }) => [body, customId]));
    for (const name of ['zebra', 'r-1', 'H01-D01']) expect(sent.includes(name), name).toBe(false);
    expect(server.requests.map(({ customId }) => customId)).toEqual(['call-1', 'call-2']);
  });

  it('makes anew the calls that failed in the batch, and those that must be asked again', async () => {
    const { server, command } = await start((seen) => {
      if (seen.customId === 'call-1') return { fault: 'server' };
      return seen.customId === 'call-2' ? 'No JSON.' : answerTo(seen);
    });
    await command();
    await command();
    expect((await command()).state).toBe('judged');
    const [failed, flawed] = batched(server);
    expect(live(server)).toHaveLength(2);
    expect(live(server).map(({ body }) => body)).toContainEqual(failed?.body);
    const again = live(server).find(({ messages }) =>
      messages.at(-1)?.text.includes('verdicts that cannot be used'),
    );
    expect(again?.messages[0]).toEqual(flawed?.messages[0]);
    expect(again?.messages[1]?.text.startsWith(flawed?.messages[1]?.text ?? 'none')).toBe(true);
  });

  it('takes a prompt that was refused as refused, and does not ask it again', async () => {
    const refusal = { error: { message: 'No.', code: 'content_policy_violation' } };
    const { server, store, command } = await start(({ customId }) =>
      customId === undefined ? undefined : { status: 400, body: refusal },
    );
    await command();
    await command();
    await command();
    expect(live(server)).toEqual([]);
    const [first] = await dialoguesOf(store);
    expect(first?.verdicts?.[0]?.jurors[0]?.rationale).toContain('refused');
  });

  it('waits until the batch has ended, where asked to', async () => {
    const { server, command } = await start();
    const told: BatchesUnderWay[] = [];
    const batch = { waitEvery: 1, onProgress: (underWay: BatchesUnderWay) => told.push(underWay) };
    expect((await command({ batch })).state).toBe('judged');
    expect(told.map(({ state }) => state)).toEqual(['submitted', 'waiting']);
    expect(live(server)).toEqual([]);
  });

  it('submits nothing once it is stopped, and ends its waiting then', async () => {
    const { server, store, command } = await start();
    expect(await command({ stop: AbortSignal.abort() })).toMatchObject({
      state: 'interrupted',
      batches: [],
    });
    expect(server.count()).toBe(0);
    const stop = new AbortController();
    const batch = { waitEvery: 60_000, onProgress: () => stop.abort() };
    expect(await command({ batch, stop: stop.signal })).toMatchObject({
      state: 'interrupted',
      batches: [{ id: 'batch_1' }],
    });
    expect(await store.judgings('r-1')).toHaveLength(1);
  });

  it('asks each of several jurors in a batch of its own, and only models of openai:', async () => {
    const { server, command } = await start();
    const two = {
      judges: [specOf(server, 'gpt-4o'), specOf(server, 'gpt-4o-mini'), 'deterministic'],
    };
    expect(await command({ jury: two })).toMatchObject({
      batches: two.judges.slice(0, 2).map((model) => ({ model, calls: 4 })),
    });
    await command({ jury: two });
    expect((await command({ jury: two })).state).toBe('judged');
    expect(live(server)).toEqual([]);
    const other = `google:gemini-2.5-flash@${server.url}`;
    await expect(command({ jury: { judges: [other] } })).rejects.toThrow(
      `${other} cannot be asked in batches: only openai: models can`,
    );
  });

  it('asks every part of a transcript that states no hazard', async () => {
    const { server, store, storeFile, jury } = await start();
    const transcripts = [{ id: 'a', turns: dialogue('Hello.', 'All is well.', 'Goodbye.') }];
    const command = async () => {
      const source = await openTranscriptRun(transcripts, {
        ...context,
        file: 'logs.jsonl',
        jury,
        store,
        clock,
      });
      return { source, ...(await judgeBy(jury, source, { store, storeFile, batch: once })) };
    };
    const { source } = await command();
    const parts = batched(server).length;
    expect(parts).toBeGreaterThan(1);
    expect(await command()).toMatchObject({ state: 'waiting', source: { run: source.run } });
    expect((await command()).state).toBe('judged');
    expect(server.count()).toBe(parts);
    expect((await dialoguesOf(store, undefined, source.run.id))[0]?.verdicts).toBeDefined();
  });
});
