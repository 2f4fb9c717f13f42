import { z } from 'zod';

/** One call of one role in one dialogue, as the journal keeps it. */
export const callSchema = z.object({
  /** Who was asked: `agent`, `ear`, `patient`, `patient-review`, `juror NAME`. */
  role: z.string(),
  /** Counts the calls of a role in a dialogue, from 1. */
  ordinal: z.int().positive(),
  /** Spec of the model; null where something else answers. */
  model: z.string().nullable(),
  /** SHA-256 of the request, 64 hex digits. */
  requestHash: z.string(),
  request: z.unknown(),
  answer: z.unknown(),
  inputTokens: z.int().nonnegative().nullable(),
  outputTokens: z.int().nonnegative().nullable(),
  /** Milliseconds from the first try to the answer. */
  latency: z.number().nonnegative(),
  /** Times the request was sent until it was answered. */
  attempts: z.int().positive(),
});
export type Call = z.infer<typeof callSchema>;

/** Where the calls of one dialogue are kept. */
export interface CallJournal {
  /** Resolves once the call is on disk. */
  record(call: Call): Promise<void>;
}
