import { z } from 'zod';
import { LIKELIHOODS, type Likelihood } from './likelihood.js';

/**
 * Where each likelihood class begins, as a proportion, 0 to 1, its lower end included. DCB0129 words
 * its classes and gives no numbers, so these are a site's choice and stand in every log.
 */
export const likelihoodBandsSchema = z
  .record(z.enum(LIKELIHOODS), z.number().min(0).max(1))
  .refine((bands) => bands['Very low'] === 0, 'the class Very low begins at 0')
  .refine(
    (bands) => LIKELIHOODS.slice(1).every((each, at) => bands[each] > lowerEnd(bands, at)),
    'each class begins above the one below it',
  );
export type LikelihoodBands = z.infer<typeof likelihoodBandsSchema>;

/** Strict defaults (domain brief, 2.4): thirty clean dialogues support no more than High. */
export const DEFAULT_BANDS: LikelihoodBands = {
  'Very high': 0.5,
  High: 0.1,
  Medium: 0.01,
  Low: 0.001,
  'Very low': 0,
};

/** The class of a proportion, 0 to 1. */
export function likelihoodOf(proportion: number, bands: LikelihoodBands): Likelihood {
  return LIKELIHOODS.findLast((each) => proportion >= bands[each]) ?? 'Very low';
}

function lowerEnd(bands: Record<Likelihood, number>, at: number): number {
  const below = LIKELIHOODS[at];
  return below === undefined ? 0 : bands[below];
}
