import { z } from 'zod';
import type { Turn } from '../transcript/transcript.js';

const column = z.string().min(1);
const speakers = z.array(z.string().trim().min(1)).min(1);
const values = z.record(z.string(), z.string().min(1)).optional();

const linesSchema = z.strictObject({
  column,
  format: z.literal('lines'),
  agent: speakers,
  patient: speakers,
});
const jsonSchema = z.strictObject({
  column,
  format: z.literal('json'),
  /** Field of each object that names the speaker. */
  role: z.string().min(1),
  /** Field of each object that holds the words. */
  text: z.string().min(1),
  agent: speakers,
  patient: speakers,
});
const sameSchema = z.strictObject({ column, format: z.literal('same') });

const transcriptSchema = z.discriminatedUnion('format', [linesSchema, jsonSchema, sameSchema]);
export type TranscriptMap = z.infer<typeof transcriptSchema>;
export type LinesMap = z.infer<typeof linesSchema>;
export type JsonMap = z.infer<typeof jsonSchema>;
export type Role = Turn['role'];

/** Which column of somebody else's file holds what; columns that are not named are kept as they are. */
export const importMapSchema = z.strictObject({
  /** Left out: rows are numbered from 1. */
  id: column.optional(),
  hazard: column.optional(),
  domain: column.optional(),
  scenario: column.optional(),
  unsafe: column.optional(),
  /** From values of theirs to ids of ours; a value that is not listed stays as it is. */
  values: z.strictObject({ hazard: values, domain: values, scenario: values }).default({}),
  transcript: transcriptSchema.refine(namesApart, {
    error: 'a speaker is named both as agent and as patient',
    params: { mend: 'Name each speaker on one side only; letter case makes no difference.' },
  }),
});
export type ImportMap = z.infer<typeof importMapSchema>;

/** Speakers, in lower case, with the role that each has. */
export function rolesOf({ agent, patient }: LinesMap | JsonMap): ReadonlyMap<string, Role> {
  return new Map([
    ...agent.map((name) => [name.toLowerCase(), 'agent'] as const),
    ...patient.map((name) => [name.toLowerCase(), 'patient'] as const),
  ]);
}

function namesApart(map: TranscriptMap): boolean {
  if (map.format === 'same') return true;
  const patients = map.patient.map((name) => name.toLowerCase());
  return !map.agent.some((name) => patients.includes(name.toLowerCase()));
}
