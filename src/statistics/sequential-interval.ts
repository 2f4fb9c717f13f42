import type { Interval } from './wilson.js';

/** What was drawn of a population in random order, without replacement; whole numbers. */
export interface Drawn {
  readonly failed: number;
  /** Of which nobody knows whether they failed. */
  readonly open: number;
  readonly passed: number;
  /** Not drawn yet, each of which may belong to the population or not. */
  readonly left: number;
}

const ALPHA = 0.05;

/** What lies on the threshold is kept, whatever the rounding. */
const ROUNDING = 1e-9;

/**
 * Confidence sequence, 95 %, of the failure rate of a finite population: with 95 % probability the
 * rate lies within the intervals of all looks at once, so sampling may stop at any look, for any
 * reason. It asks for a random order alone: members may resemble each other as they like.
 *
 * Source: Waudby-Smith and Ramdas 2020, Confidence sequences for sampling without replacement,
 * NeurIPS 33 (arXiv 2006.04347): the ratio of prior to posterior at the truth is a martingale, so a
 * number of failures is kept while the ratio is below 1 ÷ 0.05. Their beta-binomial prior with both
 * parameters 1 is uniform, and the ratio is then 1 ÷ ((n + 1) × hypergeometric probability).
 *
 * Open members count as failures for the upper end and as none for the lower one. Both ends rise with
 * the failures drawn, so whichever way the open ones are decided, that rate is covered. How many of
 * those left belong to the population is not known: every number of them is tried, the true one
 * among them, and the interval holds the rates of all. With none left it is from failed ÷ n to
 * (failed + open) ÷ n.
 * @returns 0 to 1 where nothing was drawn
 * @throws RangeError where a count is negative or no whole number
 */
export function sequentialInterval({ failed, open, passed, left }: Drawn): Interval {
  if (![failed, open, passed, left].every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError(`${failed}, ${open}, ${passed} and ${left} are no counts`);
  }
  const n = failed + open + passed;
  if (n === 0) return { low: 0, high: 1 };
  let [low, high] = [1, 0];
  for (let size = n; size <= n + left; size += 1) {
    low = Math.min(low, fewest(failed, n, size) / size);
    high = Math.max(high, most(failed + open, n, size) / size);
  }
  return { low, high };
}

/** The fewest failures in a population of that size which are kept after `failed` of `n`. */
function fewest(failed: number, n: number, size: number): number {
  const isKept = keeps(failed, n, size);
  let [from, to] = [failed, likeliest(failed, n, size)];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (isKept(middle)) to = middle;
    else from = middle + 1;
  }
  return to;
}

/** The most: those that pass are fewest then. */
function most(failed: number, n: number, size: number): number {
  return size - fewest(n - failed, n, size);
}

/** At which the probability of `failed` of `n` is largest; it falls to both sides of it. */
function likeliest(failed: number, n: number, size: number): number {
  return Math.min(Math.floor((failed * (size + 1)) / n), size - (n - failed));
}

function keeps(failed: number, n: number, size: number): (failures: number) => boolean {
  const threshold = Math.log(ALPHA / (n + 1)) + logChoose(size, n) - ROUNDING;
  return (failures) =>
    logChoose(failures, failed) + logChoose(size - failures, n - failed) > threshold;
}

const logFactorials = [0];

function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next += 1) {
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  }
  return logFactorials[n] ?? 0;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}
