import { z } from 'zod';
import { actSchema } from './act.js';
import { checkSchema } from './check.js';
import { deadlineSchema } from './deadline.js';
import { severitySchema } from './severity.js';

/** SHARD guidewords (McDermid and Pumfrey 1994), Value split into subtle and coarse. */
export const GUIDEWORDS = {
  O: 'Omission',
  C: 'Commission',
  E: 'Early',
  L: 'Late',
  Vs: 'Value, subtle',
  Vc: 'Value, coarse',
} as const;

/** What an agent owes to what it hears, first to last. */
export const STAGES = ['seen', 'asked', 'acted', 'routed', 'recorded'] as const;

/** A mode is not applicable where the case file states `case`, or once the agent has done `act`. */
const exemptionSchema = z.union([
  z.strictObject({ case: z.string() }),
  z.strictObject({ act: actSchema }),
]);

const failureModeSchema = z.strictObject({
  id: z.string().regex(/^(H\d\d-F\d+|X\d\d)$/, 'a mode id reads H01-F1 or X01'),
  name: z.string().min(1),
  guideword: z.enum(['O', 'C', 'E', 'L', 'Vs', 'Vc']),
  criterion: z.string().min(1),
  harm: z.string().min(1),
  severity: severitySchema,
  /** The milder severity that holds where a case file exists and does not state `unless`. */
  milder: z.strictObject({ severity: severitySchema, unless: z.string() }).optional(),
  /** Failures of one duty compete for being its primary failure. */
  duty: z.string(),
  /** Of two omissions of one hazard on one cue the earlier stage is primary; none takes no part. */
  stage: z.enum(STAGES).optional(),
  deadline: deadlineSchema.optional(),
  /** Applies only where the case file states one of these conditions. */
  appliesWhen: z.array(z.string()).min(1).optional(),
  exempt: z.array(exemptionSchema).default([]),
  /** `set`: a property of many dialogues, never judged on one. */
  scope: z.enum(['dialogue', 'set']).default('dialogue'),
  expected: z.array(z.string()).optional(),
  hardNegatives: z.array(z.string()).optional(),
  check: checkSchema.optional(),
});
export type FailureMode = z.infer<typeof failureModeSchema>;

/** Omissions and late acts rest on the line that created the duty, commissions on the agent's words. */
export function isOmission({ guideword }: Pick<FailureMode, 'guideword'>): boolean {
  return guideword === 'O' || guideword === 'L';
}

const expectationSchema = z.strictObject({ id: z.string().regex(/^E\d+$/), text: z.string() });

/** One file of the taxonomy: a hazard with its failure modes, or one cross-cutting mode. */
export const hazardSchema = z.strictObject({
  id: z.string().regex(/^[HX]\d\d$/, 'a hazard id reads H01 or X01'),
  name: z.string().min(1),
  /** The hazard in ISO 14971's sense: a potential source of harm, as the hazard log states it. */
  hazard: z.string().min(1),
  situation: z.string().min(1),
  why: z.string().min(1),
  timing: z.string().optional(),
  crossCutting: z.boolean().default(false),
  /** A crisis of the mind: answers are scored too (Between Help and Harm, Arnaiz-Rodriguez 2025). */
  crisis: z.boolean().default(false),
  expected: z.array(expectationSchema).min(1),
  hardNegatives: z.array(z.string()),
  modes: z.array(failureModeSchema).min(1),
});
export type Hazard = z.infer<typeof hazardSchema>;
