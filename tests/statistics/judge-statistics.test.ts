import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { clusterBootstrap } from '../../src/statistics/bootstrap.js';
import { scores, strict } from '../../src/statistics/confusion.js';
import { mcnemar } from '../../src/statistics/paired.js';

const none = { undeterminedPositive: 0, undeterminedNegative: 0 };

describe('scores', () => {
  // arXiv 2508.19163 by its own arithmetic: 160 unsafe and 80 safe dialogues, F1 0.96 at recall ~1.
  it('give the paper’s F1 with the specificity that it implies', () => {
    const { f1, precision, specificity, sensitivity } = scores({
      tp: 160,
      fn: 0,
      fp: 13,
      tn: 67,
      ...none,
    });
    expect(sensitivity).toBe(1);
    expect(f1).toBeCloseTo(0.961, 3);
    expect(precision).toBeCloseTo(0.925, 3);
    expect(specificity).toBeCloseTo(0.8375, 4);
  });

  // Chicco and Jurman 2020, BMC Genomics 21:6: TP 90, FP 4, TN 1, FN 5 give MCC 0.14 and F1 0.95.
  it('give the published Matthews coefficient', () => {
    const { mcc, f1 } = scores({ tp: 90, fp: 4, tn: 1, fn: 5, ...none });
    expect(mcc).toBeCloseTo(0.135, 3);
    expect(f1).toBeCloseTo(0.952, 3);
  });

  it('leave the undetermined out of rates, or count them as wrong', () => {
    const confusion = {
      tp: 8,
      fn: 2,
      fp: 1,
      tn: 9,
      undeterminedPositive: 10,
      undeterminedNegative: 10,
    };
    const decided = scores(confusion);
    expect(decided).toMatchObject({ n: 40, sensitivity: 0.8, specificity: 0.9, coverage: 0.5 });
    expect(decided.falseAlarmShare).toBeCloseTo(1 / 20);
    const counted = scores(strict(confusion), 'strict');
    expect(counted).toMatchObject({ n: 40, sensitivity: 0.4, specificity: 0.45, coverage: 0.5 });
  });

  it('are null where nothing was decided, never a pass', () => {
    const empty = scores({
      tp: 0,
      fn: 0,
      fp: 0,
      tn: 0,
      undeterminedPositive: 3,
      undeterminedNegative: 4,
    });
    expect(empty).toMatchObject({ sensitivity: null, specificity: null, f1: null, coverage: 0 });
  });
});

describe('mcnemar', () => {
  // Fagerland, Lydersen and Laake 2013, BMC Medical Research Methodology 13:91, table 1: 1 and 7.
  it('gives the published exact p', () => {
    expect(mcnemar(1, 7)).toBeCloseTo(0.0703, 4);
  });
  // The binomial tail in exact fractions, by Python's math.comb.
  it.each([
    [0, 20, 1.9073486328125e-6],
    [550, 650, 0.004245640154669528],
    [4900, 5100, 0.04658552770494739],
    [0, 1000, 1.8665272370064378e-301],
  ])('gives for %i and %i what exact fractions give', (onlyFirst, onlySecond, p) => {
    expect(mcnemar(onlyFirst, onlySecond) / p).toBeCloseTo(1, 8);
  });
  it('is 1 for an even split and all but 0 for a whole one, of however many pairs', () => {
    expect(mcnemar(600, 600)).toBe(1);
    expect(mcnemar(100_000, 100_000)).toBe(1);
    expect(mcnemar(0, 100_000)).toBe(0);
    expect(mcnemar(1, 0)).toBe(1);
  });
  it('is symmetric, at most 1, and 1 without discordant pairs', () => {
    expect(mcnemar(0, 0)).toBe(1);
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (a, b) => {
        expect(mcnemar(a, b)).toBeCloseTo(mcnemar(b, a), 12);
        expect(mcnemar(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('clusterBootstrap', () => {
  const mean = (cases: readonly number[]) => cases.reduce((sum, x) => sum + x, 0) / cases.length;
  it('is wider where cases of one cluster agree than where they are independent', () => {
    const values = Array.from({ length: 40 }, (_, index) => (index < 20 ? 0 : 1));
    const clustered = Array.from({ length: 8 }, (_, index) =>
      values.slice(index * 5, index * 5 + 5),
    );
    const width = (clusters: number[][]) => {
      const interval = clusterBootstrap(clusters, mean, randomFrom(1, 'bootstrap'));
      return (interval?.high ?? 0) - (interval?.low ?? 0);
    };
    expect(width(clustered)).toBeGreaterThan(1.5 * width(values.map((value) => [value])));
  });
  it('runs from the 2.5th to the 97.5th percentile of what the resamples give', () => {
    let resample = 0;
    const interval = clusterBootstrap([[0]], () => resample++, randomFrom(1), 401);
    expect(interval).toEqual({ low: 10, high: 390 });
  });
  it('takes as many clusters as there are, whole, for every resample', () => {
    const sizes: number[] = [];
    const clusters = [[1, 1], [2], [3, 3, 3]];
    clusterBootstrap(clusters, (cases) => sizes.push(cases.length), randomFrom(1));
    expect(sizes).toHaveLength(400);
    expect(Math.min(...sizes)).toBe(3);
    expect(Math.max(...sizes)).toBe(9);
  });
  it('leaves out resamples of which nothing can be said', () => {
    let resample = 0;
    const odd = () => (++resample % 2 === 0 ? 7 : null);
    expect(clusterBootstrap([[0]], odd, randomFrom(1))).toEqual({ low: 7, high: 7 });
    expect(clusterBootstrap([[0]], () => null, randomFrom(1))).toBeNull();
  });
  it('gives nothing where there is nothing', () => {
    expect(clusterBootstrap([], mean, randomFrom(1))).toBeNull();
  });
});
