import type { Interval } from './wilson.js';

/** An estimate with its interval, and how often it enters a sum; below 0 where it is taken off. */
export interface Term {
  readonly coefficient: number;
  readonly estimate: number;
  readonly interval: Interval;
}

/**
 * Interval for a weighted sum of independent estimates from their own intervals, each of which may be
 * lopsided (MOVER). Source: Zou, Huang and Zhang 2009, Computational Statistics and Data Analysis
 * 53:1080–1085. Of two proportions with Wilson's intervals it is Newcombe's method 10.
 * @returns at the level of the intervals given
 */
export function sumInterval(terms: readonly Term[]): Interval {
  let [sum, below, above] = [0, 0, 0];
  for (const { coefficient, estimate, interval } of terms) {
    const down = (coefficient * (estimate - interval.low)) ** 2;
    const up = (coefficient * (interval.high - estimate)) ** 2;
    sum += coefficient * estimate;
    below += coefficient < 0 ? up : down;
    above += coefficient < 0 ? down : up;
  }
  return { low: sum - Math.sqrt(below), high: sum + Math.sqrt(above) };
}
