/**
 * How many raters put each item into each category: a row an item, a column a category, in one order
 * for all items. Who rated is not told apart, and a rater who did not rate is simply not counted.
 */
export type RatingCounts = readonly (readonly number[])[];

/**
 * Counts what raters said of each item.
 * @param ratings a row an item, in it each rater's category, null where the rating is missing
 * @param categories all that could be said; for ordered ones, in their order
 * @throws RangeError on a rating that is none of the categories
 */
export function countRatings<Category>(
  ratings: readonly (readonly (Category | null)[])[],
  categories: readonly Category[],
): RatingCounts {
  return ratings.map((item) => {
    const counts = categories.map(() => 0);
    for (const rating of item) {
      if (rating === null) continue;
      const at = categories.indexOf(rating);
      if (at < 0) throw new RangeError(`${String(rating)} is none of the categories`);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    return counts;
  });
}

export function ratersOf(item: readonly number[]): number {
  return item.reduce((total, count) => total + count, 0);
}

/** The share of ratings in each category, the mean over the items that were rated at all. */
export function categoryShares(counts: RatingCounts): number[] {
  const rated = counts.filter((item) => ratersOf(item) > 0);
  const shares = (rated[0] ?? []).map(() => 0);
  for (const item of rated) {
    item.forEach((count, category) => {
      shares[category] = (shares[category] ?? 0) + count / ratersOf(item) / rated.length;
    });
  }
  return shares;
}
