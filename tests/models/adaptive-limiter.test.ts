import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createLimiter, type AdaptiveLimiter } from '../../src/models/adaptive-limiter.js';
import { ModelError } from '../../src/models/model-error.js';
import { failureOf } from './model-fixtures.js';

interface Held {
  readonly done: Promise<unknown>;
  end(): Promise<unknown>;
  fail(error: Error): Promise<unknown>;
}

/** A call that runs until it is told how to end. */
function hold(limiter: AdaptiveLimiter, log: string[], name = 'call', signal?: AbortSignal): Held {
  const ending = new EventEmitter();
  const task = once(ending, 'end');
  const done = limiter
    .run(() => {
      log.push(name);
      return task;
    }, signal)
    .catch((error: unknown) => error);
  return {
    done,
    end: () => {
      ending.emit('end');
      return done;
    },
    fail: (error) => {
      ending.emit('error', error);
      return done;
    },
  };
}

const TOO_MANY = new ModelError('429', { failure: 'rate', status: 429 });
const BROKEN = new ModelError('500', { failure: 'server', status: 500 });

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('createLimiter', () => {
  it('lets no more run at once than asked for, first come first served', async () => {
    const limiter = createLimiter(2);
    const log: string[] = [];
    const calls = ['a', 'b', 'c', 'd'].map((name) => hold(limiter, log, name));
    await settled();
    expect(log).toEqual(['a', 'b']);
    await calls[1]?.end();
    await calls[0]?.fail(BROKEN);
    await settled();
    expect(log).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives back what the task gives, or its failure', async () => {
    const limiter = createLimiter(1);
    expect(await limiter.run(() => Promise.resolve(7))).toBe(7);
    expect(await failureOf(limiter.run(() => Promise.reject(BROKEN)))).toBe(BROKEN);
  });

  it('falls by a fifth at a burst of refusals, once', async () => {
    const limiter = createLimiter(100);
    const calls = Array.from({ length: 50 }, () => hold(limiter, []));
    await settled();
    await Promise.all(calls.map((call) => call.fail(TOO_MANY)));
    expect(limiter.limit()).toBe(80);
  });

  it('falls again at a refusal of a call that was begun after the cut', async () => {
    const limiter = createLimiter(100);
    await hold(limiter, []).fail(TOO_MANY);
    await hold(limiter, []).fail(TOO_MANY);
    expect(limiter.limit()).toBe(64);
  });

  it('does not fall at other failures', async () => {
    const limiter = createLimiter(10);
    await hold(limiter, []).fail(BROKEN);
    expect(limiter.limit()).toBe(10);
  });

  it('never falls below one, so that calls go on', async () => {
    const limiter = createLimiter(2);
    for (let refusal = 0; refusal < 20; refusal += 1) await hold(limiter, []).fail(TOO_MANY);
    expect(limiter.limit()).toBe(1);
    expect(await limiter.run(() => Promise.resolve('still'))).toBe('still');
  });

  it('creeps up by about one for as many successes as the limit, and no higher than asked', async () => {
    const limiter = createLimiter(20);
    await hold(limiter, []).fail(TOO_MANY);
    expect(limiter.limit()).toBe(16);
    for (let success = 0; success < 17; success += 1) await hold(limiter, []).end();
    expect(limiter.limit()).toBe(17);
    for (let success = 0; success < 500; success += 1) await hold(limiter, []).end();
    expect(limiter.limit()).toBe(20);
  });

  it('holds back what waits while the limit is below what runs', async () => {
    const limiter = createLimiter(5);
    const log: string[] = [];
    const calls = Array.from({ length: 6 }, (_, index) => hold(limiter, log, String(index)));
    await settled();
    await calls[0]?.fail(TOO_MANY);
    await settled();
    expect(log).toHaveLength(5);
    await calls[1]?.end();
    await settled();
    expect(log).toHaveLength(6);
  });

  it('takes over what was found with others, which grows by their word alone', async () => {
    const limiter = createLimiter(20);
    const before = hold(limiter, []);
    await settled();
    limiter.adopt(5);
    await before.fail(TOO_MANY);
    for (let success = 0; success < 50; success += 1) await hold(limiter, []).end();
    expect(limiter.limit()).toBe(5);
    await hold(limiter, []).fail(TOO_MANY);
    expect(limiter.limit()).toBe(4);
    limiter.adopt(30);
    expect(limiter.limit()).toBe(20);
  });

  it('lets an aborted call leave the queue without taking a turn', async () => {
    const limiter = createLimiter(1);
    const log: string[] = [];
    const first = hold(limiter, log, 'first');
    const leaving = new AbortController();
    const second = hold(limiter, log, 'second', leaving.signal);
    const third = hold(limiter, log, 'third');
    leaving.abort(new Error('gone'));
    expect(await second.done).toMatchObject({ message: 'gone' });
    await first.end();
    await third.end();
    expect(log).toEqual(['first', 'third']);
  });

  it('refuses a call whose signal has aborted already', async () => {
    const limiter = createLimiter(1);
    const log: string[] = [];
    await hold(limiter, log, 'late', AbortSignal.abort()).done;
    expect(log).toEqual([]);
    expect(await limiter.run(() => Promise.resolve('free'))).toBe('free');
  });
});
