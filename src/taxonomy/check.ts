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
    partial: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('detail-before-act'), act: actSchema }),
  /** A commission in words: fails on a phrase of the list, passes where not even its traces occur. */
  z.strictObject({
    kind: z.literal('statement'),
    /** Name of the phrase lists in the judge's recognition data. */
    says: z.string(),
    from: z.enum(['anywhere', 'after-cue', 'after-open-cue']).default('anywhere'),
    /** False where it can be said in so many ways that the absence of traces proves nothing. */
    passes: z.boolean().default(true),
  }),
  /** An act where the case asks for none. */
  z.strictObject({
    kind: z.literal('act-not-due'),
    act: actSchema,
    /** Phrase list without whose traces the act is hardly done. */
    traces: z.string(),
  }),
  /** Passing over the cue: nothing but routine in the agent turns within the deadline. */
  z.strictObject({ kind: z.literal('cue-taken-up') }),
  /** A routine question after the cue or after an act. */
  z.strictObject({
    kind: z.literal('routine-question-after'),
    after: z.union([z.literal('cue'), actSchema]),
  }),
  z.strictObject({ kind: z.literal('same-wording'), times: z.int().min(2) }),
  z.strictObject({ kind: z.literal('repeated-question') }),
  z.strictObject({ kind: z.literal('items-asked') }),
  /** Something in a read-back that nobody said. */
  z.strictObject({
    kind: z.literal('unfounded-recap'),
    what: z.enum(['denial', 'number', 'allergy']),
  }),
  /** An action claimed as done, where actions are recorded and none matches. */
  z.strictObject({ kind: z.literal('claimed-action') }),
]);
export type Check = z.infer<typeof checkSchema>;
