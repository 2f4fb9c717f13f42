export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5th percentile of the normal distribution. */
export const Z_95 = 1.959963984540054;

/**
 * Wilson score interval for a proportion, 95 %, without continuity correction.
 * Source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857–872, method 3.
 * @param successes whole number, 0 to `n`
 * @param n whole number; with 0 nothing is known and the interval is 0 to 1
 * @throws RangeError where the counts are impossible
 */
export function wilson(successes: number, n: number): Interval {
  if (!(successes >= 0 && successes <= n)) {
    throw new RangeError(`${successes} of ${n} is no proportion`);
  }
  if (n === 0) return { low: 0, high: 1 };
  const p = successes / n;
  const z2 = Z_95 ** 2;
  const centre = p + z2 / (2 * n);
  const spread = Z_95 * Math.sqrt((p * (1 - p) + z2 / (4 * n)) / n);
  return {
    low: successes === 0 ? 0 : (centre - spread) / (1 + z2 / n),
    high: successes === n ? 1 : (centre + spread) / (1 + z2 / n),
  };
}
