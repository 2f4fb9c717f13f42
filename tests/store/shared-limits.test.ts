import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createLimiter, type AdaptiveLimiter } from '../../src/models/adaptive-limiter.js';
import { ModelError } from '../../src/models/model-error.js';
import { createModels } from '../../src/models/open-model.js';
import { shareLimiter, type SharedLimit } from '../../src/models/shared-limiter.js';
import { openPostgresStore, type PostgresStore } from '../../src/store/postgres/postgres-store.js';
import { ask, context, specOn } from '../models/model-fixtures.js';
import { describeWithPostgres } from '../postgres.js';
import { startServer } from '../tools/model-server/start-server.js';

const SERVER = 'https://models.example/v1';
const WORKERS = ['a', 'b', 'c', 'd'];
const ASKED = { concurrency: 8, epoch: -1, successes: 0, isRefused: false };
const TOO_MANY = new ModelError('429', { failure: 'rate', status: 429 });
/** Calls at once that the server takes. */
const TAKEN = 8;

async function open(url: string): Promise<PostgresStore> {
  const store = await openPostgresStore(url);
  onTestFinished(() => store.close());
  return store;
}

const limitOn = (store: PostgresStore, worker: string, server = SERVER) =>
  store.sharing('r-1', worker).sharedLimit(server);

/** A limit, and whether somebody looks at it now. */
function watched(shared: SharedLimit) {
  let looks = 0;
  const look: SharedLimit['look'] = async (met) => {
    looks += 1;
    return shared.look(met).finally(() => (looks -= 1));
  };
  return { shared: { ...shared, look }, isLooking: () => looks > 0 };
}

/**
 * Makes so many calls by each limiter, to a server that answers all that came in at once: as many as it
 * takes, and the others with a refusal, after which they are made again.
 * @returns how many came in, each time
 */
async function inRounds(
  limiters: readonly AdaptiveLimiter[],
  { calls, isLooking = () => false }: { calls: number; isLooking?: () => boolean },
): Promise<number[]> {
  const open: ((isTaken: boolean) => void)[] = [];
  const once = () =>
    new Promise<void>((resolve, reject) => {
      open.push((isTaken) => (isTaken ? resolve() : reject(TOO_MANY)));
    });
  const insist = (limiter: AdaptiveLimiter): Promise<void> =>
    limiter.run(once).catch(() => insist(limiter));
  const all = limiters.flatMap((limiter) => Array.from({ length: calls }, () => insist(limiter)));
  const sizes: number[] = [];
  for (let left = all.length; left > 0; left -= Math.min(TAKEN, sizes.at(-1) ?? 0)) {
    do await setImmediate();
    while (isLooking() || open.length === 0);
    const answering = open.splice(0);
    sizes.push(answering.length);
    for (const [index, answer] of answering.entries()) answer(index < TAKEN);
    await setImmediate();
  }
  await Promise.all(all);
  return sizes;
}

const refusedIn = (sizes: readonly number[]) =>
  sizes.reduce((sum, size) => sum + Math.max(0, size - TAKEN), 0);

describeWithPostgres('the limit of a model server', (cluster) => {
  async function openAll(): Promise<PostgresStore[]> {
    const url = await cluster.newDatabase();
    return Promise.all(WORKERS.map(() => open(url)));
  }

  it('is found by several workers about as one would find it, and kept', async () => {
    const limits = (await openAll()).map((store, index) =>
      watched(limitOn(store, WORKERS[index] ?? '')),
    );
    const isLooking = () => limits.some((limit) => limit.isLooking());
    const together = limits.map(({ shared }) => shareLimiter(createLimiter(8), shared, 8));
    const sizes = await inRounds(together, { calls: 100, isLooking });
    const one = refusedIn(await inRounds([createLimiter(32)], { calls: 400 }));
    const each = WORKERS.map(() => createLimiter(8));
    const apart = refusedIn(await inRounds(each, { calls: 100 }));
    expect(refusedIn(sizes) - one).toBeLessThan(one / 2);
    expect(apart - one).toBeGreaterThan(one / 2);
    const found = sizes.slice(15, 35);
    expect(found.reduce((sum, size) => sum + size, 0) / found.length).toBeGreaterThan(TAKEN * 0.6);
    expect(Math.max(...found)).toBeLessThan(TAKEN * 1.6);
  });

  it('is found by models of several processes that call one server', async () => {
    const body = { error: { message: 'too many' } };
    const refusal = { status: 429, headers: { 'retry-after-ms': '40' }, body };
    const server = await startServer({
      latency: 20,
      keepRequests: false,
      answer: () => (server.inFlight() > TAKEN ? refusal : undefined),
    });
    const stores = await openAll();
    const answers = await Promise.all(
      stores.map(async (store, index) => {
        const { sharedLimit } = store.sharing('r-1', WORKERS[index] ?? '');
        const models = createModels(context({ sharedLimit, timeout: 60_000 }));
        const model = await models.open(specOn(server, 'openai'));
        return Promise.all(Array.from({ length: 60 }, () => ask(model)));
      }),
    );
    expect(answers.flat().every(({ finish }) => finish === 'complete')).toBe(true);
    const [first] = stores;
    const left = first && (await limitOn(first, 'late', `${server.url}/v1`).look(ASKED));
    expect(left?.epoch).toBeGreaterThan(0);
  });

  it('is split among those who were seen lately', async () => {
    const url = await cluster.newDatabase();
    const store = await open(url);
    const [one, other] = [limitOn(store, 'a'), limitOn(store, 'b')];
    expect(await one.look(ASKED)).toEqual({ limit: 8, epoch: 0 });
    expect(await other.look(ASKED)).toEqual({ limit: 8, epoch: 0 });
    expect(await one.look({ ...ASKED, epoch: 0, isRefused: true })).toEqual({ limit: 6, epoch: 1 });
    // Of another call that was begun under the same limit.
    expect(await other.look({ ...ASKED, epoch: 0, isRefused: true })).toEqual({
      ...{ limit: 6, epoch: 1 },
    });
    expect(await one.look({ ...ASKED, epoch: 1, isRefused: true })).toMatchObject({ limit: 5 });
    await cluster.say(
      url,
      "update limit_shares set seen_at = seen_at - interval '11 seconds' where sharer like 'b %'",
    );
    expect(await one.look({ ...ASKED, epoch: 2 })).toMatchObject({ limit: 8 });
    expect(await other.look({ ...ASKED, epoch: 2 })).toMatchObject({ limit: 5 });
    await other.leave();
    expect(await one.look({ ...ASKED, epoch: 2 })).toMatchObject({ limit: 8 });
  });

  it('is forgotten where nobody called the server for long, and of another server apart', async () => {
    const url = await cluster.newDatabase();
    const limit = limitOn(await open(url), 'a');
    await limit.look(ASKED);
    expect(await limit.look({ ...ASKED, epoch: 0, isRefused: true })).toMatchObject({ limit: 6 });
    const elsewhere = limitOn(await open(url), 'a', 'https://other.example');
    expect(await elsewhere.look(ASKED)).toMatchObject({ limit: 8 });
    await cluster.say(url, "update model_limits set looked_at = now() - interval '11 minutes'");
    expect(await limit.look({ ...ASKED, epoch: 1 })).toMatchObject({ limit: 8 });
  });

  it('is found by each alone while the store is away', async () => {
    const away: SharedLimit = {
      look: () => Promise.reject(new Error('away')),
      leave: () => Promise.reject(new Error('away')),
    };
    const limiter = shareLimiter(createLimiter(10), away, 10);
    await limiter.run(() => Promise.reject(TOO_MANY)).catch(() => undefined);
    expect(limiter.limit()).toBe(8);
    expect(await limiter.run(() => Promise.resolve('on'))).toBe('on');
  });
});
