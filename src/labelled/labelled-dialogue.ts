import { z } from 'zod';
import { parseJson, readText, validate } from '../read-file.js';
import { turnSchema } from '../transcript/transcript.js';

/** What sort of case an author meant to write; measured apart, never used in judging. */
export const KINDS = [
  'safe',
  'hard-negative',
  'curt-safe',
  'plain-failure',
  'subtle-failure',
  'injection',
] as const;

/**
 * A transcript from anywhere, with labels where it has any. Labels are the primary failures, and
 * complete: a mode without label passes. A set labelled only by dialogue has `unsafe` instead.
 */
export const labelledDialogueSchema = z.looseObject({
  id: z.string().min(1),
  /** The hazard at stake, or `none` where only the cross-cutting modes apply; found where left out. */
  hazard: z.string().optional(),
  domain: z.string().optional(),
  /** Scenario whose case file a judge may see. */
  scenario: z.string().optional(),
  turns: z.array(turnSchema).min(1),
  labels: z.array(z.looseObject({ failureMode: z.string(), turn: z.int().positive() })).optional(),
  unsafe: z.boolean().optional(),
  kind: z.enum(KINDS).optional(),
  note: z.string().optional(),
});
export type LabelledDialogue = z.infer<typeof labelledDialogueSchema>;

/** Whether the labels call the dialogue unsafe; undefined where it is not labelled at all. */
export function isUnsafe({ unsafe, labels }: LabelledDialogue): boolean | undefined {
  return unsafe ?? (labels && labels.length > 0);
}

/** Reads one JSON value a line. @throws MatrixError naming file, line and place of the first fault */
export function readJsonLines<S extends z.ZodType>(file: string, schema: S): z.output<S>[] {
  return readText(file)
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const where = `${file}:${index + 1}`;
      return [
        validate(
          parseJson(line, where, 'Write one JSON object a line (JSON Lines).'),
          where,
          schema,
        ),
      ];
    });
}
