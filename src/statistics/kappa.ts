/** How often two raters said yes together, one of them alone, or neither; whole numbers. */
export interface Agreement {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/**
 * Cohen's kappa: agreement beyond chance. Source: Cohen 1960, Educational and Psychological
 * Measurement 20:37–46.
 * @returns −1 to 1; null where chance alone would agree always, or nothing was rated
 */
export function cohensKappa({ both, onlyFirst, onlySecond, neither }: Agreement): number | null {
  const n = both + onlyFirst + onlySecond + neither;
  const observed = (both + neither) / n;
  const yes = (both + onlyFirst) * (both + onlySecond);
  const no = (neither + onlyFirst) * (neither + onlySecond);
  const expected = (yes + no) / n ** 2;
  return n === 0 || expected === 1 ? null : (observed - expected) / (1 - expected);
}
