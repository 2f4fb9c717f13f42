/**
 * How far two categories, given by their places in the order of categories, agree: 1 for the same,
 * 0 for nothing in common.
 */
export type AgreementWeight = (one: number, other: number) => number;

/** All or nothing: for categories without an order. */
export const sameCategory: AgreementWeight = (one, other) => (one === other ? 1 : 0);

/**
 * Ordinal weights: 1 less the pairs of categories from one to the other, ÷ all pairs of categories.
 * Source: Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition, chapter 3.
 * @param categories how many there are, 2 or more
 */
export function ordinalWeight(categories: number): AgreementWeight {
  const pairs = (among: number) => (among * (among - 1)) / 2;
  return (one, other) => 1 - pairs(Math.abs(one - other) + 1) / pairs(categories);
}

/**
 * Quadratic weights: 1 less the squared distance ÷ the largest. Source: Fleiss and Cohen 1973,
 * Educational and Psychological Measurement 33:613–619.
 * @param categories how many there are, 2 or more
 */
export function quadraticWeight(categories: number): AgreementWeight {
  return (one, other) => 1 - ((one - other) / (categories - 1)) ** 2;
}
