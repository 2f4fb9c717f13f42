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
  // By logarithms: 0.5 ** n is 0 from 1,075 pairs on.
  let logTerm = n * Math.log(0.5);
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= fewer; k += 1) {
    logTerm += Math.log((n - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return n === 0 ? 1 : Math.min(1, 2 * tail);
}
