import { z } from 'zod';
import { LIKELIHOODS } from './likelihood.js';
import { likelihoodBandsSchema } from './likelihood-bands.js';

/** DCB0129 v4.2 severity classes, mildest first; the single-patient column is the default. */
export const SEVERITIES = [
  'Minor',
  'Significant',
  'Considerable',
  'Major',
  'Catastrophic',
] as const;

export const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;

/** Order of severities: positive where `a` is worse than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}

const ratingSchema = z.int().min(1).max(5);

/** The risk matrix is data, since the standard is under review: a lookup, not a product. */
export const riskMatrixSchema = z.strictObject({
  standard: z.string(),
  severities: z.record(severitySchema, z.strictObject({ one: z.string(), many: z.string() })),
  likelihoods: z.record(z.enum(LIKELIHOODS), z.string()),
  ratings: z.record(z.enum(['1', '2', '3', '4', '5']), z.string()),
  matrix: z.record(z.enum(LIKELIHOODS), z.record(severitySchema, ratingSchema)),
  /** Left out where the defaults hold. */
  bands: likelihoodBandsSchema.optional(),
});
export type RiskMatrix = z.infer<typeof riskMatrixSchema>;
