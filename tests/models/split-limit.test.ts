import { describe, expect, it } from 'vitest';
import { nextLimit, splitLimit } from '../../src/models/split-limit.js';

const met = (epoch: number, successes: number, isRefused = false) => ({
  ...{ concurrency: 8, epoch, successes, isRefused },
});

describe('nextLimit', () => {
  it('is none while nothing was refused, whatever succeeds', () => {
    const found = { limit: null, epoch: 0 };
    expect(nextLimit(found, met(0, 500), 32)).toEqual(found);
  });

  it('falls by a fifth of what all ask for at the first refusal, and begins an epoch', () => {
    const found = nextLimit({ limit: null, epoch: 0 }, met(0, 0, true), 40);
    expect(found).toEqual({ limit: 32, epoch: 1 });
  });

  it('heeds nothing that was met under an earlier limit', () => {
    const found = { limit: 32, epoch: 1 };
    expect(nextLimit(found, met(0, 64, true), 40)).toEqual(found);
    expect(nextLimit(found, met(-1, 64, true), 40)).toEqual(found);
  });

  it('grows by about one for as many successes as itself, up to what all ask for', () => {
    expect(nextLimit({ limit: 20, epoch: 1 }, met(1, 20), 40).limit).toBe(21);
    expect(nextLimit({ limit: 39.5, epoch: 1 }, met(1, 100), 40).limit).toBe(40);
  });

  it('stays where those who leave ask for less, so that it is not found again', () => {
    expect(nextLimit({ limit: 20, epoch: 1 }, met(1, 5), 8).limit).toBe(20);
  });

  it('never falls below one', () => {
    expect(nextLimit({ limit: 1, epoch: 3 }, met(3, 0, true), 8)).toEqual({ limit: 1, epoch: 4 });
  });
});

describe('splitLimit', () => {
  it.each([
    [20, [8, 8, 8], [7, 7, 6]],
    [20, [2, 100], [2, 18]],
    [50, [8, 8], [8, 8]],
    [2.9, [8, 8], [1, 1]],
    [1, [8, 8, 8], [1, 1, 1]],
    [5, [], []],
  ])('shares %d out among those who ask for %j as %j', (limit, asked, shares) => {
    expect(splitLimit(limit, asked)).toEqual(shares);
  });
});
