import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { sequentialInterval, type Drawn } from '../../src/statistics/sequential-interval.js';
import { shuffled } from '../../src/statistics/shuffled.js';
import { wilson, type Interval } from '../../src/statistics/wilson.js';

type Member = 'fail' | 'pass' | 'open' | 'outside';

const SEEDS = 1000;
const NONE: Drawn = { failed: 0, open: 0, passed: 0, left: 0 };

/** Share of seeds in which the rate lies within the interval of every look, one after each member. */
function coverage(population: readonly Member[], rate: number, name: string): number {
  let covered = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const order = shuffled(population, randomFrom(seed, name));
    covered += Number(looksOf(order).every(({ low, high }) => low <= rate && rate <= high));
  }
  return covered / SEEDS;
}

const known = new Map<string, Interval>();

/** Many orders come to the same counts. */
function intervalOf(drawn: Drawn): Interval {
  const key = Object.values(drawn).join();
  const interval = known.get(key) ?? sequentialInterval(drawn);
  known.set(key, interval);
  return interval;
}

function looksOf(order: readonly Member[]) {
  const drawn = { failed: 0, open: 0, passed: 0, left: order.length };
  return order.map((member) => {
    drawn.left -= 1;
    if (member === 'fail') drawn.failed += 1;
    if (member === 'open') drawn.open += 1;
    if (member === 'pass') drawn.passed += 1;
    return intervalOf(drawn);
  });
}

function members(counts: Partial<Record<Member, number>>): Member[] {
  return Object.entries(counts).flatMap(([member, count]) =>
    Array.from({ length: count }, () => member as Member),
  );
}

/** 95 %, less three standard errors of a share of so many seeds. */
const LEAST = 0.95 - 3 * Math.sqrt((0.05 * 0.95) / SEEDS);

describe('sequentialInterval', () => {
  describe.each([12, 60, 120])('of %i dialogues', (size) => {
    it.each([0, 0.02, 0.1, 0.3, 0.5, 0.9, 1])(
      'covers a rate of %s at all looks at once in 95 of 100 orders',
      (share) => {
        const fail = Math.round(share * size);
        const population = members({ fail, pass: size - fail });
        expect(coverage(population, fail / size, `${size} ${share}`)).toBeGreaterThanOrEqual(LEAST);
      },
    );
  });

  it('covers populations in which the repeats of a scenario are alike', () => {
    const alike = Array.from({ length: 12 }, (_, scenario) =>
      Array.from({ length: 5 }, (): Member => (scenario < 3 ? 'fail' : 'pass')),
    ).flat();
    expect(coverage(alike, 15 / 60, 'alike')).toBeGreaterThanOrEqual(LEAST);
  });

  it('covers the rate of those that count where how many they are is not known', () => {
    const population = members({ fail: 9, pass: 21, outside: 30 });
    expect(coverage(population, 9 / 30, 'outside')).toBeGreaterThanOrEqual(LEAST);
  });

  it.each([0, 3, 8])('covers the rate where %i of 8 open ones turn out as failures', (failing) => {
    const population = members({ fail: 10, open: 8, pass: 30 });
    expect(coverage(population, (10 + failing) / 48, 'open')).toBeGreaterThanOrEqual(LEAST);
  });

  it('covers where an interval that is meant for one look does not', () => {
    const population = members({ fail: 6, pass: 54 });
    const missed = Array.from({ length: SEEDS }, (_, seed) => {
      let failed = 0;
      return shuffled(population, randomFrom(seed, 'wilson')).some((member, at) => {
        failed += Number(member === 'fail');
        const { low, high } = wilson(failed, at + 1);
        return low > 0.1 || high < 0.1;
      });
    });
    expect(missed.filter(Boolean).length / SEEDS).toBeGreaterThan(0.05);
  });

  it('keeps what the ratio of prior to posterior keeps, worked out from its definition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), fc.nat(), (size, first, second) => {
        const n = 1 + (first % size);
        const failed = second % (n + 1);
        const counts = { ...NONE, failed, passed: n - failed };
        const sizes = Array.from({ length: size - n + 1 }, (_, more) => n + more);
        const rates = sizes.flatMap((each) =>
          keptByDefinition(failed, n, each).map((failures) => failures / each),
        );
        const { low, high } = sequentialInterval({ ...counts, left: size - n });
        expect(low).toBeCloseTo(Math.min(...rates), 12);
        expect(high).toBeCloseTo(Math.max(...rates), 12);
        expect(sequentialInterval(counts)).toEqual({ low: failed / n, high: failed / n });
      }),
    );
  });

  it('has ends that rise with the failures drawn', () => {
    for (let n = 1; n <= 25; n += 1) {
      for (const left of [0, 1, 7, 40]) {
        const intervals = Array.from({ length: n + 1 }, (_, failed) =>
          sequentialInterval({ ...NONE, failed, passed: n - failed, left }),
        );
        intervals.slice(1).forEach(({ low, high }, before) => {
          expect(low).toBeGreaterThanOrEqual(intervals[before]?.low ?? NaN);
          expect(high).toBeGreaterThanOrEqual(intervals[before]?.high ?? NaN);
        });
      }
    }
  });

  it('is 0 to 1 before anything was drawn, and refuses what is no count', () => {
    expect(sequentialInterval({ ...NONE, left: 9 })).toEqual({ low: 0, high: 1 });
    expect(() => sequentialInterval({ ...NONE, failed: -1 })).toThrow(RangeError);
    expect(() => sequentialInterval({ ...NONE, passed: 0.5 })).toThrow(RangeError);
  });
});

/** Bayes' rule on a uniform prior: numbers of failures whose prior ÷ posterior is below 20. */
function keptByDefinition(failed: number, n: number, size: number): number[] {
  const likelihoods = Array.from({ length: size + 1 }, (_, failures) => {
    let probability = 1;
    for (let at = 0; at < n; at += 1) {
      const isFailure = at < failed;
      const remaining = isFailure ? failures - at : size - failures - (at - failed);
      probability *= Math.max(0, remaining) / (size - at);
    }
    return probability;
  });
  const evidence = likelihoods.reduce((sum, each) => sum + each / (size + 1), 0);
  return likelihoods.flatMap((likelihood, failures) =>
    evidence / likelihood < 20 * (1 + 1e-9) ? [failures] : [],
  );
}
