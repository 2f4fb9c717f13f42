import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.js';
import { planSchema } from '../../src/plan/plan.js';
import { assertHeldWhole } from '../../src/queue/assert-shareable.js';
import { openQueue } from '../../src/queue/open-queue.js';
import { jobId, parseQueueName, queueName } from '../../src/queue/queued-job.js';
import { workerId } from '../../src/queue/worker-id.js';
import { beginRun } from '../../src/runs/holding/begin-run.js';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { random } from '../fixtures.js';
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

describe('a queued job', () => {
  it('has an id that is its work’s alone', () => {
    const key = { scenario: 'H01-D01', agent: 'bot', repeat: 1 };
    const id = jobId({ run: RUN, stage: 'judge' }, key);
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(jobId({ run: RUN, stage: 'judge' }, { ...key })).toBe(id);
    const others = [
      jobId({ run: RUN, stage: 'simulate' }, key),
      jobId({ run: 'r-2', stage: 'judge' }, key),
      jobId({ run: RUN, stage: 'judge' }, { ...key, repeat: 2 }),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
  });

  it('stands in a queue whose name tells run and stage, however the run is called', () => {
    for (const run of ['r-1', 'r-1.judge', 'a.b.simulate']) {
      for (const stage of ['simulate', 'judge'] as const) {
        expect(parseQueueName(queueName({ run, stage }))).toEqual({ run, stage });
      }
    }
    expect(parseQueueName('another')).toBeUndefined();
  });

  it('is taken by workers whose names come from chance', () => {
    expect(workerId(random('a'))).toMatch(/^w-[0-9a-f]{12}$/);
    expect(workerId(random('a'))).toBe(workerId(random('a')));
    expect(workerId(random('b'))).not.toBe(workerId(random('a')));
  });
});

describe('a store in a file', () => {
  it('has no queue, and says what has', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'queue-')), 'store.db');
    const store = openSqliteStore(file);
    const { message, mend } = await errorOf(openQueue(store, { make: true }));
    expect(message).toContain('this store is a file');
    expect(mend).toContain('--store postgres://');
    await store.close();
  });
});

describe('a plan that stops early', () => {
  it('is not queued, and one that holds all is', () => {
    const early = planSchema.parse({ untilWidth: 0.2 });
    expect(() => assertHeldWhole(early)).toThrow('stops early');
    expect(() => assertHeldWhole(planSchema.parse({}))).not.toThrow();
  });
});

describeWithPostgres('queueing a run', (cluster) => {
  const shared = async () => openShared(await cluster.newDatabase());

  it('goes on where it was cut off, and doubles nothing', async () => {
    const ours = await shared();
    const prepared = await beginRun(ours.store, planSchema.parse(plan), {
      ...beginning,
      ...{ id: RUN, agents: bot() },
    });
    const keys = [...prepared.jobs].map(({ key }) => key);
    await ours.queue.add({ run: RUN, stage: 'simulate' }, keys.slice(0, 2), 0);
    await queuedAgain(ours);
    await queuedAgain(ours);
    expect(await ours.queue.counts(RUN)).toEqual([
      { run: RUN, stage: 'simulate', open: 6, active: 0, failed: 0 },
    ]);
    await worker(ours.store);
    const all = await dialoguesOf(ours.store);
    expect(all.map(({ attempts, verdicts }) => [attempts, verdicts !== undefined])).toEqual(
      Array.from({ length: 6 }, () => [1, true]),
    );
    expect(await queuedAgain(ours)).toEqual({ simulate: 0, judge: 0 });
    await ours.store.close();
  });

  it('queues what was held and not judged for judging alone', async () => {
    const ours = await shared();
    await queued(ours);
    const stop = new AbortController();
    await worker(ours.store, {
      ...{ concurrency: 6, stop: stop.signal },
      agents: bot(() => (stop.abort(), { text: 'How long has that been so?' })),
    });
    await cluster.say(ours.url, 'drop schema matrix_sim_queue cascade');
    await openQueue(ours.store, { make: true });
    expect(await queuedAgain(ours)).toEqual({ simulate: 0, judge: 6 });
    await worker(ours.store);
    expect((await dialoguesOf(ours.store)).every(({ verdicts }) => verdicts)).toBe(true);
    await ours.store.close();
  });

  it('tries what was given up again', async () => {
    const ours = await shared();
    await queued(ours);
    await cluster.say(
      ours.url,
      "update matrix_sim_queue.job set state = 'failed' where data ->> 'repeat' = '2'",
    );
    await worker(ours.store);
    expect(await dialoguesOf(ours.store)).toHaveLength(4);
    await queuedAgain(ours);
    await worker(ours.store);
    expect(await dialoguesOf(ours.store)).toHaveLength(6);
    await ours.store.close();
  });

  it('gives what is tried again all its tries', async () => {
    const ours = await shared();
    await queued(ours);
    await cluster.say(
      ours.url,
      "update matrix_sim_queue.job set state = 'failed', retry_count = retry_limit",
    );
    await queuedAgain(ours);
    expect(
      await cluster.say(
        ours.url,
        'select distinct state, retry_count, retry_limit > 1 as tries from matrix_sim_queue.job',
      ),
    ).toEqual([{ state: 'created', retry_count: 0, tries: true }]);
    await ours.store.close();
  });

  it('is forgotten with a run that is removed, and made anew under its name', async () => {
    const ours = await shared();
    await queued(ours);
    await ours.store.removeRun(RUN);
    await ours.queue.removeEmpty();
    expect(await ours.queue.counts()).toEqual([]);
    expect(await queued(ours, { ...plan, repeats: 1 })).toEqual({ simulate: 2, judge: 0 });
    await worker(ours.store);
    expect(await dialoguesOf(ours.store)).toHaveLength(2);
    await ours.store.close();
  });

  it('leaves queues that somebody reads for later', async () => {
    const ours = await shared();
    await queued(ours);
    await ours.store.removeRun(RUN);
    const reader = new pg.Client({ connectionString: ours.url });
    await reader.connect();
    await reader.query('begin; lock table matrix_sim_queue.job in access share mode');
    await ours.queue.removeEmpty();
    expect(await ours.queue.counts()).toHaveLength(1);
    await reader.end();
    await ours.queue.removeEmpty();
    expect(await ours.queue.counts()).toEqual([]);
    await ours.store.close();
  });

  it('holds more dialogues than one transaction takes, in the order of the plan', async () => {
    const ours = await shared();
    const many = { ...plan, repeats: 600 };
    expect(await queued(ours, many)).toEqual({ simulate: 1200, judge: 0 });
    const [first] = await ours.queue.counts(RUN);
    expect(first?.open).toBe(1200);
    const rows = await cluster.say(
      ours.url,
      'select data from matrix_sim_queue.job order by priority desc offset 1199',
    );
    expect(rows).toEqual([{ data: { scenario: 'H11-D01', agent: 'bot', repeat: 600 } }]);
    await ours.store.close();
  });

  it('refuses a second plan of one id, and leaves the first as it is', async () => {
    const ours = await shared();
    const other = await openShared(ours.url);
    const results = await Promise.allSettled([queued(ours), queued(other, { ...plan, seed: 2 })]);
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([
      { reason: { message: expect.stringContaining('in the store already') as string } },
    ]);
    expect((await ours.queue.counts(RUN)).map(({ open }) => open)).toEqual([6]);
    for (const { store } of [ours, other]) await store.close();
  });

  it('is refused by a queue of another version, before anything is written', async () => {
    const ours = await shared();
    await cluster.say(ours.url, 'update matrix_sim_queue.version set version = 9');
    const { message, mend } = await errorOf(openQueue(ours.store, { make: true }));
    expect(message).toMatch(/of another version \(9\)/);
    expect(mend).toContain('drop schema matrix_sim_queue cascade');
    await ours.store.close();
  });

  it('says what is missing where nothing was queued yet, and where rights are', async () => {
    const url = await cluster.newDatabase();
    const store = await openPostgresStore(url);
    const none = await errorOf(openQueue(store, { make: false }));
    expect(none.mend).toContain('--enqueue');
    await cluster.say(
      url,
      `create role queuer login password 'queuer'; grant usage on schema public to queuer;
      grant select, insert, update, delete on all tables in schema public to queuer`,
    );
    const guest = await openPostgresStore(
      Object.assign(new URL(url), { username: 'queuer', password: 'queuer' }).href,
    );
    const { message, mend, exitCode } = await errorOf(openQueue(guest, { make: true }));
    expect(message).toContain('does not give this user the rights');
    expect(mend).toContain('docs/stores.md');
    expect(exitCode).toBe(EXIT.usage);
    const schemas = await cluster.say(
      url,
      "select nspname from pg_namespace where nspname like 'matrix%'",
    );
    expect(schemas).toEqual([]);
    for (const each of [store, guest]) await each.close();
  });

  it('makes its tables once where many come at once', async () => {
    const url = await cluster.newDatabase();
    const stores = await Promise.all(Array.from({ length: 3 }, () => openPostgresStore(url)));
    await Promise.all(stores.map((store) => openQueue(store, { make: true })));
    for (const store of stores) await store.close();
  });

  it('keeps runs of one name in two schemas of a database apart', async () => {
    const url = await cluster.newDatabase();
    await cluster.say(url, 'create schema theirs');
    const there = `${url}?options=-c%20search_path%3Dtheirs`;
    const [ours, theirs] = [await openShared(url), await openShared(there)];
    await queued(ours);
    await queued(theirs, { ...plan, repeats: 1 });
    await worker(theirs.store);
    expect(await dialoguesOf(theirs.store)).toHaveLength(2);
    expect((await ours.queue.counts()).map(({ open }) => open)).toEqual([6]);
    for (const { store } of [ours, theirs]) await store.close();
  });
});
