import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/validity/in-order.js';

describe('inOrder', () => {
  it('gives results in the order of the items, whatever the order of answers, so many at a time', async () => {
    let running = 0;
    let most = 0;
    const ended: number[] = [];
    const results = await inOrder([30, 20, 10, 1, 1, 1], 3, async (time) => {
      most = Math.max(most, (running += 1));
      await wait(time);
      running -= 1;
      ended.push(time);
      return time * 2;
    });
    expect(results).toEqual([60, 40, 20, 2, 2, 2]);
    expect(ended).not.toEqual([30, 20, 10, 1, 1, 1]);
    expect(most).toBe(3);
  });

  it('begins none after a failure, waits for those in flight, and throws it', async () => {
    const begun: number[] = [];
    let finished = false;
    const work = inOrder([0, 1, 2, 3], 2, async (item) => {
      begun.push(item);
      if (item === 0) throw new Error('first');
      await wait(20);
      finished = true;
    });
    await expect(work).rejects.toThrow('first');
    expect(begun).toEqual([0, 1]);
    expect(finished).toBe(true);
  });

  it('ends a stop with its reason once those in flight are done, and heeds none that comes too late', async () => {
    const stop = new AbortController();
    const done: number[] = [];
    const stopAt = (last: number) => (item: number) => {
      done.push(item);
      if (item === last) stop.abort(new Error('stopped'));
      return Promise.resolve(item);
    };
    await expect(inOrder([0, 1, 2], 1, stopAt(1), { stop: stop.signal })).rejects.toThrow(
      'stopped',
    );
    expect(done).toEqual([0, 1]);
    const late = new AbortController();
    const results = await inOrder(
      [0, 1],
      1,
      (item) => {
        if (item === 1) late.abort();
        return Promise.resolve(item);
      },
      { stop: late.signal },
    );
    expect(results).toEqual([0, 1]);
  });
});
