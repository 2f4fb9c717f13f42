import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/statistics/holm.js';
import { mcnemar } from '../../src/statistics/paired.js';
import { pairedDifference } from '../../src/statistics/paired-difference.js';
import { signFlip } from '../../src/statistics/sign-flip.js';

/** Every flip, one by one. */
function enumerated(sums: readonly number[]): number {
  const observed = Math.abs(sums.reduce((total, sum) => total + sum, 0));
  let extreme = 0;
  for (let flips = 0; flips < 2 ** sums.length; flips += 1) {
    const total = sums.reduce((all, sum, at) => all + ((flips >> at) & 1 ? -sum : sum), 0);
    if (Math.abs(total) >= observed) extreme += 1;
  }
  return extreme / 2 ** sums.length;
}

describe('signFlip', () => {
  // Fisher 1935, section 21: Darwin's maize, in eighths of an inch; 863 of 32,768 totals reach 314.
  it('gives what Fisher counted over Darwin’s fifteen pairs of plants', () => {
    const maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
    expect(signFlip(maize)).toBeCloseTo((2 * 863) / 32_768, 12);
  });

  it('is McNemar’s exact test where every sum is −1, 0 or 1', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(5), (plus, minus, none) => {
        const sums = [
          ...Array<number>(plus).fill(1),
          ...Array<number>(minus).fill(-1),
          ...Array<number>(none).fill(0),
        ];
        expect(signFlip(sums)).toBeCloseTo(mcnemar(plus, minus), 10);
      }),
    );
  });

  it('is what counting every flip gives', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 10 }), (sums) => {
        expect(signFlip(sums)).toBeCloseTo(enumerated(sums), 12);
      }),
    );
  });

  it('stays exact where there are too many flips to count: 2,000 of one size', () => {
    const sums = [...Array<number>(1060).fill(3), ...Array<number>(940).fill(-3)];
    expect(signFlip(sums)).toBeCloseTo(mcnemar(1060, 940), 10);
  });

  it('is 1 without differences, and refuses what is no whole number', () => {
    expect(signFlip([])).toBe(1);
    expect(signFlip([0, 0])).toBe(1);
    expect(() => signFlip([0.5])).toThrow(RangeError);
  });
});

describe('pairedDifference', () => {
  // Newcombe 1998, Statistics in Medicine 17:2635–2650, table III, method 10.
  it.each([
    [36, 12, 2, 0, 0.0569, 0.3404],
    [20, 12, 2, 16, 0.0562, 0.3292],
    [18, 12, 2, 18, 0.0562, 0.329],
    [36, 14, 0, 0, 0.1528, 0.4167],
    [35, 14, 0, 1, 0.1461, 0.4175],
    [18, 14, 0, 18, 0.1441, 0.3963],
    [2, 97, 1, 0, 0.8721, 0.9854],
  ])(
    'gives the published interval for %i, %i, %i and %i',
    (both, onlyFirst, onlySecond, neither, low, high) => {
      const interval = pairedDifference({ both, onlyFirst, onlySecond, neither });
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    },
  );

  const counts = fc.record({
    both: fc.nat(80),
    onlyFirst: fc.nat(80),
    onlySecond: fc.nat(80),
    neither: fc.nat(80),
  });

  it('mirrors where the sides are changed, holds the difference, stays within −1 and 1', () => {
    fc.assert(
      fc.property(counts, (table) => {
        const { both, onlyFirst, onlySecond, neither } = table;
        const pairs = both + onlyFirst + onlySecond + neither;
        const { low, high } = pairedDifference(table);
        const mirrored = pairedDifference({
          ...table,
          onlyFirst: onlySecond,
          onlySecond: onlyFirst,
        });
        expect(low).toBeCloseTo(-mirrored.high, 10);
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        if (pairs === 0) return;
        expect(low).toBeLessThanOrEqual((onlyFirst - onlySecond) / pairs + 1e-12);
        expect(high).toBeGreaterThanOrEqual((onlyFirst - onlySecond) / pairs - 1e-12);
      }),
    );
  });

  it('is wider where the pairs come in fewer clusters', () => {
    const table = { both: 30, onlyFirst: 15, onlySecond: 6, neither: 69 };
    const [all, clustered] = [pairedDifference(table), pairedDifference(table, 40)];
    expect(clustered.high - clustered.low).toBeGreaterThan(1.5 * (all.high - all.low));
  });

  it('knows nothing without pairs', () => {
    expect(pairedDifference({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toEqual({
      low: -1,
      high: 1,
    });
  });
});

describe('holm', () => {
  // The example of pingouin's documentation (Vallat 2018, J. Open Source Software 3:1026).
  it('gives the published adjustment', () => {
    const adjusted = [0.64, 0.012, 0.64, 0.162, 0.0015];
    holm([0.5, 0.003, 0.32, 0.054, 0.0003]).forEach((p, at) => {
      expect(p).toBeCloseTo(adjusted[at] ?? NaN, 10);
    });
  });

  it('never goes below the p that it adjusts, keeps their order, and leaves one alone as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (ps) => {
        const adjusted = holm(ps);
        ps.forEach((p, at) => {
          expect(adjusted[at]).toBeGreaterThanOrEqual(p);
          expect(adjusted[at]).toBeLessThanOrEqual(1);
          ps.forEach((q, other) => {
            if (p < q) expect(adjusted[at]).toBeLessThanOrEqual(adjusted[other] ?? NaN);
          });
        });
      }),
    );
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });
});
