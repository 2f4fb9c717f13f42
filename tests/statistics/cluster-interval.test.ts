import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { clusterInterval } from '../../src/statistics/cluster-interval.js';
import { expandedTail } from '../../src/statistics/expanded-tail.js';
import { gwetAc } from '../../src/statistics/gwet-ac.js';
import { widerOf } from '../../src/statistics/wider-of.js';

/** Two raters on 60 dialogues of 12 scenarios; they differ on all dialogues of every fourth one. */
const dialogues = Array.from({ length: 60 }, (_, at) => ({
  scenario: `s${at % 12}`,
  counts: at % 4 === 0 ? [1, 1] : at % 3 === 0 ? [0, 2] : [2, 0],
}));
const agreement = (some: readonly { counts: number[] }[]) =>
  gwetAc(some.map(({ counts }) => counts));
const interval = (clusterOf: (one: { scenario: string }, at?: number) => string, seed = 1) =>
  clusterInterval(dialogues, clusterOf, agreement, randomFrom('agreement', seed));

describe('clusterInterval', () => {
  it('holds the statistic, and is the same for the same seed only', () => {
    const found = interval(({ scenario }) => scenario);
    expect(found?.low).toBeLessThan(agreement(dialogues) ?? 0);
    expect(found?.high).toBeGreaterThan(agreement(dialogues) ?? 1);
    expect(interval(({ scenario }) => scenario)).toEqual(found);
    expect(interval(({ scenario }) => scenario, 2)).not.toEqual(found);
  });
  it('is wider by scenario than by dialogue', () => {
    let dialogue = 0;
    const width = (of: ReturnType<typeof interval>) => (of?.high ?? 0) - (of?.low ?? 0);
    const alone = interval(() => `d${(dialogue += 1)}`);
    expect(width(interval(({ scenario }) => scenario))).toBeGreaterThan(1.5 * width(alone));
  });
  it('is unknown for fewer than two clusters', () => {
    expect(interval(() => 'one')).toBeNull();
    expect(clusterInterval([], String, () => 1, randomFrom(1))).toBeNull();
  });
});

describe('widerOf', () => {
  it('takes in both intervals, or the one there is', () => {
    expect(widerOf({ low: 0.2, high: 0.5 }, { low: 0.3, high: 0.6 })).toEqual({
      low: 0.2,
      high: 0.6,
    });
    expect(widerOf({ low: 0.2, high: 0.5 }, null)).toEqual({ low: 0.2, high: 0.5 });
  });
});

describe('expandedTail', () => {
  // Φ(−t √(n ÷ (n − 1))), t by the printed tables of Student's distribution, Φ by Python.
  it.each([
    [5, 0.000954, 4],
    [12, 0.010757, 4],
    [40, 0.020258, 5],
    [101, 0.023083, 5],
  ])('leaves out less the fewer clusters there are: %i', (clusters, tail, digits) => {
    expect(expandedTail(clusters)).toBeCloseTo(tail, digits);
  });
  it('leaves out 2.5 % where there are many', () => {
    expect(expandedTail(1e7)).toBeCloseTo(0.025, 6);
  });
});
