import { z } from 'zod';
import { actSchema } from './act.js';

/**
 * How a failure mode can be decided from text without a model. The taxonomy declares which check
 * decides a mode and with what values; `src/judge/checks` has one file for each kind.
 */
export const checkSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('act-by-deadline'),
    /** `case-level`: escalation at the level that the case file calls right. */
    act: z.union([z.literal('case-level'), actSchema]),
    fails: z.array(z.enum(['never', 'late', 'too-low'])).min(1),
    /** The criterion asks for more than this act: the act alone proves no pass. */
    partial: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('questions-in-a-turn'), atLeast: z.int().min(2) }),
  z.strictObject({
    kind: z.literal('act-before-close'),
    /** Any one of these meets the duty. */
    acts: z.array(actSchema).min(1),
  }),
  z.strictObject({ kind: z.literal('detail-before-act'), act: actSchema }),
]);
export type Check = z.infer<typeof checkSchema>;
