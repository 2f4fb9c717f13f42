import { sameCategory } from './agreement-weight.js';
import { chanceCorrected } from './chance-corrected.js';
import { categoryShares, type RatingCounts } from './rating-counts.js';
import { rawAgreement } from './raw-agreement.js';

/**
 * Gwet's AC1, or AC2 where a weight is given: agreement beyond chance that does not fall where nearly
 * all items are of one category, as kappa does. Source: Gwet 2008, British Journal of Mathematical and
 * Statistical Psychology 61:29–48; weighted and with missing ratings, Gwet 2014, Handbook of
 * Inter-Rater Reliability, 4th edition, chapters 2 to 4.
 * @param counts over all categories that could be chosen, also those that no rater chose
 * @returns −1 to 1; null where no item has two ratings
 * @throws RangeError where there are fewer than two categories
 */
export function gwetAc(counts: RatingCounts, weight = sameCategory): number | null {
  const shares = categoryShares(counts);
  if (shares.length === 0) return null;
  if (shares.length === 1) throw new RangeError('agreement needs two categories or more');
  let allWeights = 0;
  shares.forEach((_, one) => shares.forEach((__, other) => (allWeights += weight(one, other))));
  const spread = shares.reduce((total, share) => total + share * (1 - share), 0);
  const expected = (allWeights * spread) / (shares.length * (shares.length - 1));
  return chanceCorrected(rawAgreement(counts, weight), expected);
}
