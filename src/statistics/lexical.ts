/**
 * Moving-average type–token ratio: mean share of different words in every window of so many
 * successive words (Covington and McFall 2010, Journal of Quantitative Linguistics 17:94–100).
 * @returns 0 to 1, or undefined where the text is shorter than one window
 */
export function movingTypeTokenRatio(words: readonly string[], window = 50): number | undefined {
  if (words.length < window) return undefined;
  let total = 0;
  for (let start = 0; start + window <= words.length; start += 1) {
    total += new Set(words.slice(start, start + window)).size / window;
  }
  return total / (words.length - window + 1);
}

/**
 * distinct-2: different word pairs ÷ all word pairs over several texts (Li et al. 2016).
 * @returns 0 to 1, or undefined where there is no pair
 */
export function distinctPairs(texts: readonly (readonly string[])[]): number | undefined {
  const pairs = texts.flatMap((words) => words.slice(1).map((word, at) => `${words[at]} ${word}`));
  return pairs.length === 0 ? undefined : new Set(pairs).size / pairs.length;
}
