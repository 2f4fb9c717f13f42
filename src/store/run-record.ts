import { z } from 'zod';
import { promptRecordSchema } from '../models/prompt-file.js';
import { patientFaultSchema } from '../agents/patbot/patient-review.js';
import { personaSchema } from '../agents/patbot/persona.js';
import { judgementSchema, modeVerdictSchema, type Judgement } from '../judge/verdict.js';
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
  /** Spec of the patient: `offline`, or a model. */
  patient: z.string().default('offline'),
  /** File with the prompt of agents that are models; null for the one that comes with the package. */
  agentPrompt: z.string().nullable().default(null),
  /** Limits of the whole run, and the price file; a resumed run keeps them unless told. */
  tokenBudget: z.number().nullable().default(null),
  costBudget: z.number().nullable().default(null),
  prices: z.string().nullable().default(null),
  /** Specs of the jurors, of the stronger one for what they leave open, and the policy file. */
  judges: z.array(z.string()).default(['deterministic']),
  second: z.string().nullable().default(null),
  policy: z.string().nullable().default(null),
  /** Prompts that were used, with version and fingerprint. */
  prompts: z.array(promptRecordSchema).default([]),
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
  /** What a transcript from elsewhere says of itself; left out for simulated dialogues. */
  stated: z.object({ hazard: z.string().optional(), scenario: z.string().optional() }).optional(),
  /** What a review found in the patient's turns; null where none was made. */
  patientFaults: z.array(patientFaultSchema).nullable().default(null),
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
  /** Marks and order of the prompts derive from it, and from nothing a transcript can hold. */
  nonce: z.string().nullable().default(null),
  /** The juror that is heard only where the others leave a verdict open. */
  second: z.string().nullable().default(null),
  /** Name of the site's policy that was read beside; null where none was. */
  policy: z.string().nullable().default(null),
});
export type Judging = z.infer<typeof judgingSchema>;

/** Older stores hold the verdicts alone. */
export const storedJudgementSchema = z.union([
  z.array(modeVerdictSchema).transform((verdicts) => judgementSchema.parse({ verdicts })),
  judgementSchema,
]);

/** A dialogue with the attempt that counts and the verdicts of one judging on it. */
export interface StoredDialogue extends DialogueKey {
  readonly attempts: number;
  /** Attempts that a fault of the patient made invalid. */
  readonly invalid: number;
  /** Those among them in which a review found it: their verdicts would have rested on the patient. */
  readonly spoiled: number;
  /** Times it was begun anew because the agent kept state that died with a process. */
  readonly restarts: number;
  /** Undefined while no attempt has ended. */
  readonly attempt: Attempt | undefined;
  readonly verdicts: Judgement['verdicts'] | undefined;
  /** The verdicts with what the jurors said besides. */
  readonly judgement: Judgement | undefined;
}
