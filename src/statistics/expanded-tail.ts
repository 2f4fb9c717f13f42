import { Z_95 } from './wilson.js';

/**
 * Share of resamples to leave out at each end of a 95 % percentile interval. With few clusters 2.5 %
 * would make it too narrow, by √((n − 1) ÷ n) and as a normal interval is narrower than a t interval.
 * Source: Hesterberg 2015, The American Statistician 69:371–386, expanded percentile interval.
 * @param clusters 2 or more; with fewer than 4 the tail is still somewhat too large
 * @returns above 0, at most 0.025
 */
export function expandedTail(clusters: number): number {
  return normalTail(Math.sqrt(clusters / (clusters - 1)) * studentQuantile(clusters - 1));
}

/** The 97.5th percentile of Student's t. Source: Abramowitz and Stegun 1964, 26.7.5. */
function studentQuantile(freedom: number): number {
  const first = (Z_95 ** 3 + Z_95) / (4 * freedom);
  const second = (5 * Z_95 ** 5 + 16 * Z_95 ** 3 + 3 * Z_95) / (96 * freedom ** 2);
  const third =
    (3 * Z_95 ** 7 + 19 * Z_95 ** 5 + 17 * Z_95 ** 3 - 15 * Z_95) / (384 * freedom ** 3);
  return Z_95 + first + second + third;
}

/** Chance of a normal value above z, z being 0 or more. Source: the same, 26.2.17. */
function normalTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const coefficients = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const series = coefficients.reduce((sum, coefficient) => (sum + coefficient) * t, 0);
  return (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
