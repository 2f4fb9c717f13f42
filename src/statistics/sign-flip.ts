/**
 * Exact two-sided sign-flip test: were there no difference, each cluster's sum would be as likely with
 * the other sign, independently of the others. p is the share of all flips whose total is at least as
 * far from 0 as the observed one. The distribution of totals is built sum by sum (Pagano and
 * Tritchler 1983, J. Am. Stat. Assoc. 78:435–440), so that nothing is sampled however many clusters
 * there are. Source: Fisher 1935, The Design of Experiments, section 21. With sums of ±1 it is
 * McNemar's exact test.
 * @param sums of the differences within each cluster, whole numbers
 * @returns p, above 0 to 1; 1 where every sum is 0
 * @throws RangeError where a sum is no whole number
 */
export function signFlip(sums: readonly number[]): number {
  const stranger = sums.find((sum) => !Number.isSafeInteger(sum));
  if (stranger !== undefined) throw new RangeError(`${stranger} is no whole number`);
  const sizes = sums.map(Math.abs).filter((size) => size > 0);
  const observed = Math.abs(sums.reduce((total, sum) => total + sum, 0));
  const most = sizes.reduce((total, size) => total + size, 0);
  const chances = totalsOf(sizes, most);
  let p = 0;
  // The flips' total is twice what kept its sign less all there is.
  chances.forEach((chance, kept) => {
    if (Math.abs(2 * kept - most) >= observed) p += chance;
  });
  return Math.min(1, p);
}

/** The chance of each sum over a random half of the sizes, by that sum. */
function totalsOf(sizes: readonly number[], most: number): Float64Array {
  const chances = new Float64Array(most + 1);
  chances[0] = 1;
  let reached = 0;
  for (const size of sizes) {
    reached += size;
    for (let sum = reached; sum >= 0; sum -= 1) {
      const without = chances[sum] ?? 0;
      const withIt = sum >= size ? (chances[sum - size] ?? 0) : 0;
      chances[sum] = (without + withIt) / 2;
    }
  }
  return chances;
}
