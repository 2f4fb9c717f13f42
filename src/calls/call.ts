import { z } from 'zod';

/** Whose call it is. */
export interface CallRole {
  /** Who is asked: `agent`, `ear`, `patient`, `patient-review`, `juror NAME`, `policy NAME`. */
  readonly role: string;
  /** What of a split question is asked; empty or left out for all of it. */
  readonly part?: string;
}

/** One call of one role in one dialogue, as it is kept. */
export const callSchema = z.object({
  /** As in {@link CallRole}. */
  role: z.string(),
  part: z.string(),
  /** Counts the calls of a role and part in a dialogue, from 1. */
  ordinal: z.int().positive(),
  /** Spec of the model; null where something else answers. */
  model: z.string().nullable(),
  /** SHA-256 of the request, 64 hex digits. */
  requestHash: z.string(),
  request: z.unknown(),
  answer: z.unknown(),
  inputTokens: z.int().nonnegative().nullable(),
  outputTokens: z.int().nonnegative().nullable(),
  /** Those of the input that the provider had kept; left out where it does not tell. */
  cachedTokens: z.int().nonnegative().optional(),
  /** Milliseconds from the first try to the answer. */
  latency: z.number().nonnegative(),
  /** Times the request was sent until it was answered. */
  attempts: z.int().positive(),
});
export type Call = z.infer<typeof callSchema>;

/** What tells the calls of one dialogue apart, in one of its takes or judgings. */
export type CallPlace = Pick<Call, 'role' | 'part' | 'ordinal'>;

/** A call before it is answered. */
export type AskedCall = CallPlace & Pick<Call, 'requestHash' | 'request'>;

/**
 * When calls about a dialogue are made: in one of its takes, from 1, or in a judging of it. Calls of
 * two sittings never meet.
 */
export type Sitting = { readonly take: number } | { readonly judging: string };

/** A key for maps. */
export function placeKey({ role, part, ordinal }: CallPlace): string {
  return JSON.stringify([role, part, ordinal]);
}

/** As a person reads it: `call 2 of juror openai:m, part 3`. */
export function describePlace({ role, part, ordinal }: CallPlace): string {
  return `call ${ordinal} of ${role}${part === '' ? '' : `, part ${part}`}`;
}
