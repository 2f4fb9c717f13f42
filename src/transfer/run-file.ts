import { z } from 'zod';
import { labelSchema, packSchema } from '../store/review-record.js';
import {
  attemptSchema,
  judgingSchema,
  runRecordSchema,
  storedJudgementSchema,
} from '../store/run-record.js';
import { RECORD_KINDS, type RecordKind } from '../evidence/stored-record.js';

/**
 * A run as JSON Lines: a head, each record with its hash, an end without which it was cut off. What
 * stands in the columns is described by `docs/replay.md`.
 */
export const RUN_FILE = 'matrix-sim-run';
export const RUN_FILE_VERSION = 1;

export const headSchema = z.object({
  format: z.literal(RUN_FILE),
  version: z.number(),
  run: z.string(),
});

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

export const recordLineSchema = z.strictObject({
  kind: z.enum(RECORD_KINDS),
  hash: hashSchema,
  columns: z.record(z.string(), z.unknown()),
});
export type RecordLine = z.infer<typeof recordLineSchema>;

export const endSchema = z.strictObject({
  end: z.string(),
  records: z.int(),
  hashes: z.object({
    simulation: hashSchema,
    judgings: z.record(z.string(), hashSchema),
    review: hashSchema.optional(),
  }),
});
export type RunFileEnd = z.infer<typeof endSchema>;

const ofDialogue = { run: z.string(), dialogue: z.string() };
const number = z.int().nonnegative();

/** Columns by kind, as a store has them; names of others reach no database. */
export const COLUMNS: Readonly<Record<RecordKind, z.ZodType>> = {
  run: z.strictObject({ id: z.string(), created_at: z.string(), record: runRecordSchema }),
  judging: z.strictObject({ run: z.string(), id: z.string(), number, record: judgingSchema }),
  dialogue: z.strictObject({
    ...{ run: z.string(), id: z.string(), scenario: z.string(), agent: z.string() },
    ...{ repeat: number, restarts: number },
  }),
  attempt: z.strictObject({ ...ofDialogue, number, standing: z.string(), record: attemptSchema }),
  verdicts: z.strictObject({
    ...ofDialogue,
    judging: z.string(),
    attempt: number,
    record: storedJudgementSchema,
  }),
  call: z.strictObject({
    ...ofDialogue,
    ...{ take: number, judging: z.string(), role: z.string(), part: z.string(), ordinal: number },
    ...{ model: z.string().optional(), request_hash: z.string() },
    ...{ request: z.unknown(), answer: z.unknown(), texts: z.record(z.string(), z.string()) },
    input_tokens: number.optional(),
    output_tokens: number.optional(),
    cached_tokens: number.optional(),
    ...{ latency: z.number().nonnegative(), attempts: number },
  }),
  pack: z.strictObject({ run: z.string(), id: z.string(), number, record: packSchema }),
  label: z.strictObject({ ...ofDialogue, author: z.string(), number, record: labelSchema }),
};
