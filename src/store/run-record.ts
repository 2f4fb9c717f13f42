import { z } from 'zod';
import { personaSchema } from '../agents/patbot/persona.js';
import { modeVerdictSchema } from '../judge/verdict.js';
import { WORDINGS } from '../scenarios/scenario.js';
import { ENDINGS, STANDINGS, turnSchema } from '../transcript/transcript.js';

/** What a run needs to be repeated or resumed: all that decides its transcripts. */
export const runRecordSchema = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  packageVersion: z.string(),
  seed: z.int(),
  repeats: z.int().positive(),
  maxTurns: z.int().positive(),
  agents: z.array(z.object({ name: z.string(), spec: z.string() })),
  hazards: z.array(z.string()),
  domains: z.array(z.string()),
  scenarios: z.array(z.string()),
  personas: z.array(z.string()),
  /** Number of dialogues planned. */
  planned: z.int().nonnegative(),
  taxonomy: z.object({ version: z.string(), fingerprint: z.string() }),
  scenarioLibrary: z.object({ fingerprint: z.string() }),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** One try at a dialogue. None is overwritten; the last conclusive one counts. */
export const attemptSchema = z.object({
  turns: z.array(turnSchema),
  ending: z.enum(ENDINGS),
  standing: z.enum(STANDINGS),
  /** The hazard in whose row it counts; null where none was named or found. */
  hazard: z.string().nullable(),
  hardNegative: z.boolean(),
  /** Null for transcripts from elsewhere. */
  persona: personaSchema.nullable(),
  wording: z.enum(WORDINGS).nullable(),
  /** The director's log and the agent's own account: never shown to a judge. */
  triggerTurn: z.int().nullable(),
  releases: z.array(z.object({ fact: z.string(), turn: z.int() })),
  realisedFaults: z.array(z.object({ failureMode: z.string(), turn: z.int() })),
  unrealisedFaults: z.int().nonnegative(),
  error: z.string().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** Where runs are kept unless told. */
export const DEFAULT_STORE = '.matrix/store.db';

/** A dialogue of a run: its id is unique in the run and reads SCENARIO/AGENT/REPEAT. */
export interface DialogueKey {
  readonly scenario: string;
  readonly agent: string;
  readonly repeat: number;
}

export function dialogueId({ scenario, agent, repeat }: DialogueKey): string {
  return `${scenario}/${agent}/${repeat}`;
}

/** How right a judge was on a labelled set; kept under the judge's fingerprint. */
export const validitySchema = z.object({
  judgeFingerprint: z.string(),
  judge: z.string(),
  dataset: z.string(),
  dialogues: z.int(),
  decided: z.int(),
  sensitivity: z.number().nullable(),
  specificity: z.number().nullable(),
  falseAlarmShare: z.number().nullable(),
  coverage: z.number().nullable(),
});
export type Validity = z.infer<typeof validitySchema>;

/** One pass of a judge over a run. */
export const judgingSchema = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  judgeFingerprint: z.string(),
  jurors: z.array(z.string()),
  /** Failure modes that some juror has means to decide. */
  decides: z.array(z.string()),
});
export type Judging = z.infer<typeof judgingSchema>;

export const verdictsSchema = z.array(modeVerdictSchema);

/** A dialogue with the attempt that counts and the verdicts of one judging on it. */
export interface StoredDialogue extends DialogueKey {
  readonly attempts: number;
  /** Undefined while no attempt has ended. */
  readonly attempt: Attempt | undefined;
  readonly verdicts: z.infer<typeof verdictsSchema> | undefined;
}
