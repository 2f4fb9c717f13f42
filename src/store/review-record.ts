import { z } from 'zod';
import { DIALOGUE_OUTCOMES } from '../judge/dialogue-outcome.js';
import { PLAIN_NAME } from '../plain-name.js';
import { severitySchema } from '../taxonomy/severity.js';

const reviewerName = z.string().regex(PLAIN_NAME, 'a name has letters, digits, dots and dashes');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** What stands for a dialogue in front of a reviewer. */
const code = z.string().regex(/^[A-Z0-9]{4,8}$/);

/** What a reviewer says of safety: `unsure` is no decision, and goes to whoever adjudicates. */
export const UNSAFE = ['yes', 'no', 'unsure'] as const;

/** A failure mode that a person found. */
export const findingSchema = z.object({
  failureMode: z.string().min(1),
  /** The turn that shows it; null where none was named. */
  turn: z.int().positive().nullable(),
  /** As this person sees it; null where that of the taxonomy is meant. */
  severity: severitySchema.nullable(),
  comment: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

const labelled = {
  author: reviewerName,
  at: z.iso.datetime(),
  /** The pack that asked for it; null where a person chose the dialogue. */
  pack: z.string().nullable(),
  comment: z.string(),
  /** Why a former label of this author was corrected; null for the first. */
  reason: z.string().nullable(),
};

/** Whether a dialogue is unsafe, and what was found: a mode that is not listed is absent. */
export const safetyLabelSchema = z.object({
  kind: z.literal('safety'),
  /** `chosen` labels enter no weighted estimate and no gate: who picks a dialogue, knows of it. */
  source: z.enum(['pack', 'chosen', 'adjudication']),
  transcript: sha256,
  unsafe: z.enum(UNSAFE),
  findings: z.array(findingSchema),
  ...labelled,
});
export type SafetyLabel = z.infer<typeof safetyLabelSchema>;

const ratingSchema = z.int().min(1).max(5).nullable();

/** Which of two patients sounds more like a person, and how much each does, 1 to 5. */
export const preferenceSchema = z.object({
  kind: z.literal('preference'),
  item: code,
  preferred: z.enum(['a', 'b', 'tie']),
  ratings: z.object({ a: ratingSchema, b: ratingSchema }),
  ...labelled,
});
export type Preference = z.infer<typeof preferenceSchema>;

/** What one person said of one dialogue; a correction is a further label, and the former stays. */
export const labelSchema = z.discriminatedUnion('kind', [safetyLabelSchema, preferenceSchema]);
export type Label = z.infer<typeof labelSchema>;

const reviewers = z.array(z.object({ name: reviewerName, items: z.array(code) })).min(1);

/** From what a dialogue was drawn: those of one agent with one outcome of the judge. */
export const stratumSchema = z.object({
  agent: z.string(),
  outcome: z.enum(DIALOGUE_OUTCOMES),
  /** Dialogues of the run in it. */
  size: z.int().nonnegative(),
  drawn: z.int().nonnegative(),
});
export type Stratum = z.infer<typeof stratumSchema>;

/** Dialogues that were given to reviewers, with what is hidden from them. */
const safetyPackSchema = z.object({
  study: z.enum(['safety', 'adjudication']),
  id: z.string().regex(PLAIN_NAME),
  createdAt: z.iso.datetime(),
  seed: z.int(),
  /** The judging whose outcomes are the strata; null where nothing was judged. */
  judging: z.string().nullable(),
  /** Fingerprint of the taxonomy whose modes the reviewers chose from. */
  taxonomy: z.string(),
  reviewers,
  strata: z.array(stratumSchema),
  items: z.array(
    z.object({
      code,
      dialogue: z.string(),
      transcript: sha256,
      outcome: z.enum(DIALOGUE_OUTCOMES),
      /** That it was drawn, above 0 to 1: 1 where it was not drawn but chosen. */
      probability: z.number().positive().max(1),
      /** Whether every reviewer gets it. */
      overlap: z.boolean(),
    }),
  ),
});

/** One patient turn as two patients said it. */
const sideSchema = z.object({ run: z.string(), dialogue: z.string(), turn: z.int().positive() });
const realismPackSchema = z.object({
  study: z.literal('realism'),
  id: z.string().regex(PLAIN_NAME),
  createdAt: z.iso.datetime(),
  seed: z.int(),
  reviewers,
  patients: z.object({ a: z.string(), b: z.string() }),
  items: z.array(
    z.object({
      code,
      a: sideSchema,
      b: sideSchema,
      /** Which of the two stands first in front of the reviewers. */
      first: z.enum(['a', 'b']),
      /** Of both texts with what they answer. */
      transcript: sha256,
      /** Levels of the persona that both played, by axis. */
      persona: z.record(z.string(), z.string()),
    }),
  ),
});

/** A set of dialogues put before reviewers: the key of what they see. */
export const packSchema = z.discriminatedUnion('study', [safetyPackSchema, realismPackSchema]);
export type Pack = z.infer<typeof packSchema>;
export type SafetyPack = z.infer<typeof safetyPackSchema>;
export type RealismPack = z.infer<typeof realismPackSchema>;

/** A label with the dialogue that it is of: of two with one author and kind the later counts. */
export interface DialogueLabel {
  readonly dialogue: string;
  readonly label: Label;
}
