import { ratersOf, type RatingCounts } from './rating-counts.js';

/** The squared difference of two categories by their places, given how often each was chosen. */
type Difference = (one: number, other: number, totals: readonly number[]) => number;

const DIFFERENCES = {
  nominal: (one, other) => (one === other ? 0 : 1),
  ordinal: (one, other, totals) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    const between = ratersOf(totals.slice(low, high + 1));
    return (between - ((totals[low] ?? 0) + (totals[high] ?? 0)) / 2) ** 2;
  },
} satisfies Record<string, Difference>;

/**
 * Krippendorff's alpha: 1 less the disagreement observed ÷ that expected by chance; ratings may be
 * missing. Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, University of
 * Pennsylvania, section C and E.
 * @param level ordinal where categories have an order, that of the columns
 * @returns at most 1, 0 for what chance gives; null where nothing can be paired, or all ratings that
 *   can be are the same
 */
export function krippendorffAlpha(
  counts: RatingCounts,
  level: keyof typeof DIFFERENCES,
): number | null {
  const items = counts.filter((item) => ratersOf(item) > 1);
  const totals = (items[0] ?? []).map((_, at) => ratersOf(items.map((item) => item[at] ?? 0)));
  const between = (one: number, other: number) => DIFFERENCES[level](one, other, totals);
  const expected = disagreement(totals, between);
  if (items.length === 0 || expected === 0) return null;
  const observed = items.reduce((total, item) => total + disagreement(item, between), 0);
  return 1 - observed / expected;
}

/** Of all pairs among the ratings; each rating counts once, however many it is paired with. */
function disagreement(
  ratings: readonly number[],
  between: (one: number, other: number) => number,
): number {
  let total = 0;
  ratings.forEach((count, one) => {
    ratings.forEach((others, other) => {
      total += count * others * between(one, other);
    });
  });
  return total / (ratersOf(ratings) - 1);
}
