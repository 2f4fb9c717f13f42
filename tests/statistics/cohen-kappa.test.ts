import { describe, expect, it } from 'vitest';
import { quadraticWeight } from '../../src/statistics/agreement-weight.js';
import { cohenKappa } from '../../src/statistics/cohen-kappa.js';

describe('cohenKappa', () => {
  // By hand: observed (88 + 40 + 12) ÷ 200 = 0.70, expected 0.41; Cohen 1960 prints .492.
  it('gives the value of Cohen 1960, Educational and Psychological Measurement 20:37–46', () => {
    const table = [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ];
    expect(cohenKappa(table)).toBeCloseTo(0.492, 3);
    expect(cohenKappa(table)).toBeCloseTo(0.29 / 0.59, 12);
  });

  // Gwet 2014; values printed by the overview and weighting vignettes of R irrCAC 1.0.
  it('gives the published plain and quadratic kappa of the pregnancy abstractors', () => {
    const table = [
      [13, 0, 0],
      [0, 20, 7],
      [0, 4, 56],
    ];
    expect(cohenKappa(table)).toBeCloseTo(0.7964094, 7);
    expect(cohenKappa(table, quadraticWeight(3))).toBeCloseTo(0.8921569, 7);
  });

  // By hand: observed (15 + 70) ÷ 100 = 0.85, expected 0.2 × 0.25 + 0.8 × 0.75 = 0.65.
  it('gives the agreement beyond chance', () => {
    const table = [
      [15, 5],
      [10, 70],
    ];
    expect(cohenKappa(table)).toBeCloseTo(0.2 / 0.35, 10);
  });

  it.each([
    [1, 5, 0, 0, 5],
    [0, 5, 5, 5, 5],
    [-1, 0, 5, 5, 0],
  ])('is %i for what is said together %i, %i, %i and %i times', (kappa, a, b, c, d) => {
    const table = [
      [a, b],
      [c, d],
    ];
    expect(cohenKappa(table)).toBe(kappa);
  });

  it('is unknown where nothing was rated, or both always say the same word', () => {
    const always = (count: number) => [
      [0, 0],
      [0, count],
    ];
    expect(cohenKappa(always(0))).toBeNull();
    expect(cohenKappa(always(9))).toBeNull();
  });
});
