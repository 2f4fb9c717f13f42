import { sameCategory, type AgreementWeight } from './agreement-weight.js';
import { ratersOf, type RatingCounts } from './rating-counts.js';

/**
 * Share of the pairs of raters that agree on an item, the mean over all items that two or more rated,
 * so that an item counts once however many rated it. Source: Fleiss 1971, Psychological Bulletin
 * 76:378–382; with missing ratings and weights, Gwet 2014, Handbook of Inter-Rater Reliability, 4th
 * edition, chapter 2.
 * @param weight what a pair counts that disagrees; without it, nothing
 * @returns 0 to 1; null where no item has two ratings
 */
export function rawAgreement(counts: RatingCounts, weight = sameCategory): number | null {
  const shares = counts.filter((item) => ratersOf(item) > 1).map((item) => shareOf(item, weight));
  if (shares.length === 0) return null;
  return shares.reduce((total, share) => total + share, 0) / shares.length;
}

function shareOf(item: readonly number[], weight: AgreementWeight): number {
  const raters = ratersOf(item);
  let credit = 0;
  item.forEach((count, one) => {
    item.forEach((others, other) => {
      credit += weight(one, other) * count * others;
    });
  });
  // Each rater was paired with itself too, which always agrees.
  return (credit - raters) / (raters * (raters - 1));
}
