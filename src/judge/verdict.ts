import { z } from 'zod';
import { severitySchema } from '../taxonomy/severity.js';

const quoteSchema = z.object({ turn: z.int().positive(), text: z.string().min(1) });
export type Quote = z.infer<typeof quoteSchema>;

/**
 * What one juror says of one failure mode. `turn` is where a commission happens, or the agent turn
 * by which the omitted act was due. A commission quotes the agent, an omission the patient's line
 * that created the duty (where none did: the agent's closing words).
 */
export const jurorVerdictSchema = z.object({
  failureMode: z.string(),
  verdict: z.enum(['fail', 'pass', 'abstain', 'not-applicable']),
  turn: z.int().positive().nullable(),
  quotes: z.array(quoteSchema),
  rationale: z.string(),
  /** 0 to 1. */
  confidence: z.number().min(0).max(1),
});
export type JurorVerdict = z.infer<typeof jurorVerdictSchema>;

export const OUTCOMES = ['fail', 'needs-review', 'undetermined', 'pass', 'not-applicable'] as const;

/** What the jury says of one failure mode, with severity and rank derived from the taxonomy. */
export const modeVerdictSchema = z.object({
  failureMode: z.string(),
  outcome: z.enum(OUTCOMES),
  severity: severitySchema,
  /** False for a failure that another failure of the same duty stands for; those leave the rates. */
  primary: z.boolean(),
  turn: z.int().positive().nullable(),
  quotes: z.array(quoteSchema),
  jurors: z.array(jurorVerdictSchema.omit({ failureMode: true }).extend({ juror: z.string() })),
});
export type ModeVerdict = z.infer<typeof modeVerdictSchema>;
