import { categoryShares, type RatingCounts } from './rating-counts.js';
import { chanceCorrected } from './chance-corrected.js';
import { rawAgreement } from './raw-agreement.js';

/**
 * Fleiss' kappa: agreement of several raters beyond chance, each category as likely as it was chosen.
 * Source: Fleiss 1971, Psychological Bulletin 76:378–382; where ratings are missing, after Gwet 2014,
 * Handbook of Inter-Rater Reliability, 4th edition, chapter 2.
 * @returns −1 to 1; null where no item has two ratings, or all ratings are the same
 */
export function fleissKappa(counts: RatingCounts): number | null {
  const expected = categoryShares(counts).reduce((total, share) => total + share ** 2, 0);
  return chanceCorrected(rawAgreement(counts), expected);
}
