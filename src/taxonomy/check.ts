import { z } from 'zod';
import { actSchema } from './act.js';

/**
 * What can be said of a failure mode without a model: decided by what is recorded or counted, or raised
 * by words. The taxonomy declares which check looks at a mode and with what values; `src/judge/checks` has one file for each kind.
 */
export const checkSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('act-by-deadline'),
    /** `case-level`: escalation at the level that the case file calls right. */
    act: z.union([z.literal('case-level'), actSchema]),
    fails: z.array(z.enum(['never', 'late', 'too-low'])).min(1),
    /** Only for a call that is still open when the act is due. */
    openCall: z.boolean().default(false),
    /** The criterion asks for more than this act: the act alone proves no pass. */
    partial: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('questions-in-a-turn'), atLeast: z.int().min(2) }),
  z.strictObject({
    kind: z.literal('act-before-close'),
    /** Any one of these may meet the duty. */
    acts: z.array(actSchema).min(1),
  }),
  z.strictObject({ kind: z.literal('detail-before-act'), act: actSchema }),
  /** A commission in words: a phrase of the list raises it. */
  z.strictObject({
    kind: z.literal('statement'),
    /** Name of the phrase list in the judge's recognition data. */
    says: z.string(),
    from: z.enum(['anywhere', 'after-cue', 'after-open-cue']).default('anywhere'),
  }),
  /** An act where the case asks for none. */
  z.strictObject({ kind: z.literal('act-not-due'), act: actSchema }),
  /** Passing over the cue: nothing but routine in the agent turns within the deadline. */
  z.strictObject({ kind: z.literal('cue-taken-up') }),
  /** A routine question after the cue, or after an escalation at one of these levels. */
  z.strictObject({
    kind: z.literal('routine-question-after'),
    after: z.union([z.literal('cue'), z.array(actSchema).min(1)]),
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
