/**
 * Exact two-sided McNemar test on discordant pairs: the binomial probability, at one half, of a split
 * at least as uneven. Source: McNemar 1947; exact form after Fagerland et al. 2013, BMC Medical
 * Research Methodology 13:91.
 * @param onlyFirst pairs in which only the first was right
 * @param onlySecond pairs in which only the second was right
 * @returns p, 0 to 1; 1 where no pair is discordant
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  const n = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  let term = 0.5 ** n;
  let tail = term;
  for (let k = 1; k <= fewer; k += 1) {
    term *= (n - k + 1) / k;
    tail += term;
  }
  return n === 0 ? 1 : Math.min(1, 2 * tail);
}
