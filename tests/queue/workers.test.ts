import { expect, it } from 'vitest';
import { EXIT, MatrixError } from '../../src/errors.js';
import { verifyRun } from '../../src/evidence/verify-run.js';
import { attend } from '../../src/queue/attendance.js';
import { runPlan } from '../../src/runs/run-plan.js';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.js';
import type { RunStore } from '../../src/store/run-store.js';
import { describeWithPostgres } from '../postgres.js';
import {
  beginning,
  bot,
  dialoguesOf,
  errorOf,
  openShared,
  plan,
  queued,
  queuedAgain,
  RUN,
  worker,
} from './queued-run.js';

/** What a run hashed to, but for what a clock or a coin decides: durations, the judging's nonce. */
async function hashed(store: RunStore): Promise<string[]> {
  const entries: string[] = [];
  for await (const group of store.manifest(RUN)) {
    for (const { kind, dialogue, id, hash } of group) {
      if (kind !== 'call' && kind !== 'judging') entries.push(`${kind} ${dialogue} ${id} ${hash}`);
    }
  }
  return entries.sort();
}

const repeats = (rows: unknown[]) => rows.length;

describeWithPostgres('workers', (cluster) => {
  const shared = async () => openShared(await cluster.newDatabase());

  it('share a run, and leave what one process alone would have left', async () => {
    const ours = await shared();
    const other = await openPostgresStore(ours.url);
    expect(await queued(ours)).toEqual({ simulate: 6, judge: 0 });
    await Promise.all([worker(ours.store), worker(other, { id: 'w-2' })]);

    const alone = await openPostgresStore(await cluster.newDatabase());
    await runPlan(plan, { ...beginning, store: alone, id: RUN, agents: bot() });
    expect(await dialoguesOf(ours.store)).toEqual(await dialoguesOf(alone));
    expect(await hashed(ours.store)).toEqual(await hashed(alone));
    expect((await dialoguesOf(ours.store)).map(({ attempts }) => attempts)).toEqual(
      Array.from({ length: 6 }, () => 1),
    );
    expect((await verifyRun(ours.store.evidence(RUN))).differences).toEqual([]);
    expect(await ours.queue.counts()).toEqual([]);
    const left = await cluster.say(ours.url, 'select * from matrix_sim_queue.queue');
    const rows = await cluster.say(ours.url, 'select run from leases union select id from workers');
    expect([repeats(left), repeats(rows)]).toEqual([0, 0]);
    for (const store of [ours.store, other, alone]) await store.close();
  });

  it('leave a run to others that lack what it names, and say what it is', async () => {
    const ours = await shared();
    await queued(ours);
    const refusals: string[] = [];
    const lacking = worker(ours.store, {
      ...{ id: 'w-lacking', agents: {}, untilEmpty: true },
      onRefusal: (run, { message }) => refusals.push(`${run}: ${message}`),
    });
    const error = await errorOf(lacking);
    expect(refusals).toEqual([expect.stringContaining('not-on-this-machine.mjs')]);
    expect(error.message).toContain(`cannot take run ${RUN}`);
    expect(error.exitCode).toBe(EXIT.incomplete);
    await worker(ours.store, { id: 'w-having' });
    expect(await dialoguesOf(ours.store)).toHaveLength(6);
    await ours.store.close();
  });

  it('keep why they cannot take a run for whoever watches it', async () => {
    const ours = await shared();
    await queued(ours);
    const stop = new AbortController();
    const lacking = worker(ours.store, {
      ...{ agents: {}, untilEmpty: false, stop: stop.signal, lookEvery: 5 },
      onRefusal: () => undefined,
    });
    let rows: unknown[] = [];
    while (rows.length === 0) rows = await cluster.say(ours.url, 'select * from refusals');
    stop.abort();
    await lacking;
    expect(rows).toEqual([
      { run: RUN, worker: 'w-1', reason: expect.stringContaining('not-on-this-machine') as string },
    ]);
    expect(await cluster.say(ours.url, 'select * from refusals')).toEqual([]);
    await ours.store.close();
  });

  it('take over what a worker held that is gone', async () => {
    const ours = await shared();
    await queued(ours);
    await attend(ours.queue, 'w-gone', 0.05);
    const taken = await ours.queue.take('w-gone', { run: RUN, stage: 'simulate' }, 4);
    expect(taken).toHaveLength(4);
    await worker(ours.store, { lease: 0.3 });
    const all = await dialoguesOf(ours.store);
    expect(all.filter(({ verdicts }) => verdicts)).toHaveLength(6);
    await ours.store.close();
  });

  it('end what they have in flight when they are told to stop, and begin nothing more', async () => {
    const ours = await shared();
    await queued(ours);
    const stop = new AbortController();
    await worker(ours.store, {
      ...{ concurrency: 1, stop: stop.signal },
      agents: bot(() => {
        stop.abort();
        return { text: 'How long has that been so?' };
      }),
    });
    const held = await dialoguesOf(ours.store);
    expect(held.map(({ attempt }) => attempt?.standing)).toEqual([expect.any(String)]);
    expect(await ours.queue.counts(RUN)).toEqual([
      { run: RUN, stage: 'judge', open: 1, active: 0, failed: 0 },
      { run: RUN, stage: 'simulate', open: 5, active: 0, failed: 0 },
    ]);
    await worker(ours.store);
    expect((await dialoguesOf(ours.store)).filter(({ verdicts }) => verdicts)).toHaveLength(6);
    await ours.store.close();
  });

  it('give calls in flight up at the second signal, and others go on from the journal', async () => {
    const ours = await shared();
    await queued(ours, { ...plan, repeats: 1, scenarios: ['H01-D01'] });
    const end = new AbortController();
    const reason = new MatrixError('interrupted', { mend: 'Go on.', exitCode: EXIT.interrupted });
    let asked = 0;
    const waiting = worker(ours.store, {
      signal: end.signal,
      agents: bot(() => {
        asked += 1;
        if (asked < 3) return { text: 'How long has that been so?' };
        end.abort(reason);
        return new Promise(() => undefined);
      }),
    });
    await expect(waiting).rejects.toBe(reason);
    let more = 0;
    await worker(ours.store, {
      id: 'w-2',
      agents: bot(() => ((more += 1), { text: 'How long has that been so?' })),
    });
    const [dialogue] = await dialoguesOf(ours.store);
    const turns = dialogue?.attempt?.turns.filter(({ role }) => role === 'agent') ?? [];
    expect(more).toBe(turns.length - 2);
    await ours.store.close();
  });

  it('begin nothing of a run that somebody stopped, until it is queued again', async () => {
    const ours = await shared();
    await queued(ours);
    await ours.store.requestStop(RUN);
    await worker(ours.store);
    expect(await dialoguesOf(ours.store)).toEqual([]);
    expect(await queuedAgain(ours)).toEqual({ simulate: 6, judge: 0 });
    await worker(ours.store);
    expect(await dialoguesOf(ours.store)).toHaveLength(6);
    await ours.store.close();
  });

  it('give up a dialogue that shows a defect, and end with it; the others go on', async () => {
    const ours = await shared();
    await queued(ours);
    const stranger = { scenario: 'H01-D01', agent: 'nobody', repeat: 1 };
    await ours.queue.add({ run: RUN, stage: 'simulate' }, [stranger], -1);
    await expect(worker(ours.store)).rejects.toThrow('no agent called nobody');
    await worker(ours.store, { id: 'w-2' });
    expect(await dialoguesOf(ours.store)).toHaveLength(7);
    expect(await ours.queue.counts(RUN)).toEqual([
      { run: RUN, stage: 'simulate', open: 0, active: 0, failed: 1 },
    ]);
    await ours.store.close();
  });

  it('and a process that works on a run alone keep out of each other’s way', async () => {
    const ours = await shared();
    await queued(ours);
    const other = await openPostgresStore(ours.url);
    await attend(ours.queue, 'w-1', 60);
    const [job] = await ours.queue.take('w-1', { run: RUN, stage: 'simulate' }, 1);
    expect(await other.isLocked(RUN)).toBe(true);
    expect((await errorOf(other.lock(RUN))).message).toContain('being worked on');
    await ours.queue.release(job?.lease as never, 'enough');
    expect(await other.isLocked(RUN)).toBe(false);

    const lock = await other.lock(RUN);
    expect(await ours.queue.take('w-1', { run: RUN, stage: 'simulate' }, 1)).toEqual([]);
    expect((await errorOf(queuedAgain(ours))).message).toContain('being worked on');
    await lock.release();
    await runPlan({}, { ...beginning, store: other, resume: RUN, agents: bot() });
    await worker(ours.store, { id: 'w-2' });
    expect((await dialoguesOf(other)).every(({ attempts }) => attempts === 1)).toBe(true);
    for (const store of [ours.store, other]) await store.close();
  });
});
