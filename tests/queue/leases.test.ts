import { expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.js';
import { attend } from '../../src/queue/attendance.js';
import { LeaseLost, type Beside, type Lease, type Stage } from '../../src/store/leases.js';
import type { RunStore } from '../../src/store/run-store.js';
import { attempt, judgement, judging, verdict } from '../contracts/run-store.contract.js';
import { describeWithPostgres } from '../postgres.js';
import { openShared, queued, RUN, worker, type Shared } from './queued-run.js';

const NOTHING: Beside = {
  attempt: () => Promise.resolve(),
  judgement: () => Promise.resolve(),
};
const call: Call = {
  ...{ role: 'agent', part: '', ordinal: 1, model: null, requestHash: 'h'.repeat(64) },
  ...{ request: {}, answer: { text: 'Hello.' }, inputTokens: null, outputTokens: null },
  ...{ latency: 1, attempts: 1 },
};

/** A lease on one dialogue of each stage that is named, in order. */
async function taken({ queue }: Shared, worker: string, stage: Stage = 'simulate', most = 1) {
  await attend(queue, worker, 60);
  return queue.take(worker, { run: RUN, stage }, most);
}

const lose = ({ url }: Shared, cluster: { say(url: string, sql: string): Promise<unknown[]> }) =>
  cluster.say(url, "delete from workers where id = 'w-frozen'");

describeWithPostgres('a lease', (cluster) => {
  const shared = async () => {
    const ours = await openShared(await cluster.newDatabase());
    await queued(ours);
    return ours;
  };
  const written = ({ url }: Shared) =>
    cluster.say(
      url,
      `select (select count(*)::int from dialogues) as dialogues, (select count(*)::int from attempts) as attempts,
        (select count(*)::int from verdicts) as verdicts, (select count(*)::int from calls) as calls,
        (select coalesce(sum(restarts), 0)::int from dialogues) as restarts`,
    );

  it('that is lost writes nothing: no beginning, restart, attempt, judgement or call', async () => {
    const ours = await shared();
    const [job] = await taken(ours, 'w-frozen');
    if (!job || !ours.store.leases) throw new Error('nothing was taken');
    const { key, lease } = job;
    const frozen: RunStore = ours.store.leases.under(lease, NOTHING);
    await frozen.beginDialogue(RUN, key);
    await frozen.saveAttempt(RUN, key, attempt('Hello.'));
    const before = await written(ours);
    expect(before).toEqual([{ dialogues: 1, attempts: 1, verdicts: 0, calls: 0, restarts: 0 }]);

    await lose(ours, cluster);
    const judged = { judging: 'j', judgement: judgement(verdict('pass')) };
    const writes = [
      () => frozen.beginDialogue(RUN, { ...key, repeat: 99 }),
      () => frozen.restartDialogue(RUN, key),
      () => frozen.saveAttempt(RUN, key, attempt('Hello again.')),
      () => frozen.saveJudgement(RUN, key, judged),
      () => frozen.journal(RUN, key, { take: 1 }).record(call),
    ];
    for (const write of writes) await expect(write()).rejects.toBeInstanceOf(LeaseLost);
    expect(await written(ours)).toEqual(before);
    await ours.store.close();
  });

  it('that is lost does not keep the calls of others out of the commit that they share', async () => {
    const ours = await shared();
    const [lost] = await taken(ours, 'w-frozen');
    const [held] = await taken(ours, 'w-other');
    const { leases } = ours.store;
    if (!lost || !held || !leases) throw new Error('nothing was taken');
    for (const { key } of [lost, held]) await ours.store.beginDialogue(RUN, key);
    await lose(ours, cluster);
    const record = (lease: Lease, key: typeof lost.key) =>
      leases.under(lease, NOTHING).journal(RUN, key, { take: 1 }).record(call);
    const [first, second] = await Promise.allSettled([
      record(lost.lease, lost.key),
      record(held.lease, held.key),
    ]);
    expect(first).toMatchObject({ status: 'rejected', reason: expect.any(LeaseLost) as unknown });
    expect(second.status).toBe('fulfilled');
    expect(await ours.store.calls(RUN, held.key, { take: 1 })).toHaveLength(1);
    expect(await ours.store.calls(RUN, lost.key, { take: 1 })).toEqual([]);
    await ours.store.close();
  });

  it('is given to no worker that is held to be gone, until it is there again', async () => {
    const ours = await shared();
    const of = { run: RUN, stage: 'simulate' } as const;
    expect(await ours.queue.take('w-frozen', of, 1)).toEqual([]);
    expect(await ours.queue.counts(RUN)).toMatchObject([{ open: 6, active: 0 }]);
    expect(await taken(ours, 'w-frozen')).toHaveLength(1);
    await ours.store.close();
  });

  it('is another each time that work is given, also to the same worker', async () => {
    const ours = await shared();
    const [first] = await taken(ours, 'w-frozen');
    if (!first) throw new Error('nothing was taken');
    await ours.queue.release(first.lease, 'enough');
    const all = await taken(ours, 'w-frozen', 'simulate', 6);
    const again = all.find(({ lease }) => lease.dialogue === first.lease.dialogue);
    expect(all).toHaveLength(6);
    expect(again?.lease.epoch).toBeGreaterThan(first.lease.epoch);
    expect(await ours.queue.release(first.lease, 'too late')).toBe(false);
    await ours.store.close();
  });

  it('ends with what was saved under it, or not at all', async () => {
    const ours = await shared();
    await cluster.say(
      ours.url,
      `create function refused() returns trigger language plpgsql as $$
        begin raise exception 'not now' using errcode = '53100'; end $$;
      create trigger refused before delete on matrix_sim_queue.job
        for each row execute function refused()`,
    );
    await expect(worker(ours.store, { concurrency: 1 })).rejects.toThrow('not now');
    expect(await written(ours)).toMatchObject([{ dialogues: 1, attempts: 0, verdicts: 0 }]);
    const open = await ours.queue.counts(RUN);
    expect(open).toMatchObject([{ stage: 'simulate', open: 6, active: 1 }]);

    await cluster.say(ours.url, 'drop trigger refused on matrix_sim_queue.job');
    await worker(ours.store, { id: 'w-2' });
    expect(await written(ours)).toMatchObject([{ dialogues: 6, attempts: 6, verdicts: 6 }]);
    await ours.store.close();
  });

  it('to judge ends with the judgement, or not at all', async () => {
    const ours = await shared();
    const { leases } = ours.store;
    const [job] = await taken(ours, 'w-frozen');
    if (!job || !leases) throw new Error('nothing was taken');
    await ours.store.beginDialogue(RUN, job.key);
    await ours.store.saveAttempt(RUN, job.key, attempt('Hello.'));
    await ours.store.saveJudging(RUN, judging('j'));
    const failing = leases.under(job.lease, {
      ...NOTHING,
      judgement: async (execute) => {
        await ours.queue.end(execute, job.lease);
        throw new Error('cut off');
      },
    });
    const judged = { judging: 'j', judgement: judgement(verdict('pass')) };
    await expect(failing.saveJudgement(RUN, job.key, judged)).rejects.toThrow('cut off');
    expect(await written(ours)).toMatchObject([{ verdicts: 0 }]);
    expect(await cluster.say(ours.url, 'select dialogue from leases')).toHaveLength(1);
    await ours.store.close();
  });
});
