import { z } from 'zod';
import { patientFaultSchema } from '../agents/patbot/patient-review.js';
import { mishearingSchema } from '../agents/patbot/director/disclosure.js';
import { personaSchema } from '../agents/patbot/persona.js';
import { judgementSchema, modeVerdictSchema, type Judgement } from '../judge/verdict.js';
import { PLAIN_NAME } from '../plain-name.js';
import { planSchema } from '../plan/plan.js';
import { likelihoodBandsSchema } from '../taxonomy/likelihood-bands.js';
import { WORDINGS } from '../scenarios/scenario.js';
import { ENDINGS, STANDINGS, turnSchema } from '../transcript/transcript.js';

/** Something that results depend on and no plan holds: its fingerprint, or its version alone. */
export const contentSchema = z.object({
  /** As a person knows it: `taxonomy`, `patient.md`, `package`. */
  name: z.string(),
  decides: z.enum(['transcripts', 'verdicts']),
  version: z.string().optional(),
  fingerprint: z.string(),
});
export type Content = z.infer<typeof contentSchema>;

/** Of a run or a judging: files beside the store carry it in their names. */
const idSchema = z
  .string()
  .regex(PLAIN_NAME, 'an id has letters, digits, dots, dashes and underscores');

/** A dialogue of a run, by what tells it apart there. */
const keySchema = z.object({
  scenario: z.string(),
  agent: z.string(),
  repeat: z.int().positive(),
});

/** What a run replays that puts another agent through dialogues of an earlier one. */
export const sourceSchema = z.object({
  run: idSchema,
  /** Whether the patient answers the new agent, or says its recorded turns again. */
  mode: z.enum(['adaptive', 'scripted']),
  /** Turns of each dialogue that are kept as they were, from the first; 0 where none are. */
  keptTurns: z.int().nonnegative(),
  /** Of each dialogue of this run, by scenario and repeat: which one it replays. */
  dialogues: z.array(
    z.object({
      scenario: z.string(),
      repeat: z.int().positive(),
      of: keySchema,
      /** The repeat whose chance it has: that of the dialogue which was planned, however often replayed. */
      castAs: z.int().positive(),
      /** Counts the samples of the models that were drawn for it, from 1, which draws as it did. */
      sample: z.int().positive(),
    }),
  ),
});
export type Source = z.infer<typeof sourceSchema>;

/**
 * How a run that stops early is sampled: what it draws from, and the scale of its ratings. The order
 * comes from the plan's seed.
 */
export const samplingSchema = z.object({
  bands: likelihoodBandsSchema,
  /** As reports count them: hard negatives are rows of their own. Each agent has all of them. */
  strata: z.array(
    z.object({ hazard: z.string(), hardNegative: z.boolean(), scenarios: z.array(z.string()) }),
  ),
});
export type Sampling = z.infer<typeof samplingSchema>;

/** What a run needs to be repeated or resumed: all that decides its results. */
export const runRecordSchema = z.object({
  id: idSchema,
  createdAt: z.iso.datetime(),
  packageVersion: z.string(),
  plan: planSchema,
  /** The plan's agents, named. */
  agents: z.array(z.object({ name: z.string(), spec: z.string() })),
  /** Number of dialogues planned. */
  planned: z.int().nonnegative(),
  contents: z.array(contentSchema),
  /** Left out for a run that replays no other. */
  source: sourceSchema.optional(),
  /** Left out for a run that holds all that it planned. */
  sampling: samplingSchema.optional(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** What a record says of one of its contents; undefined where it does not name it. */
export function contentOf({ contents }: RunRecord, name: string): Content | undefined {
  return contents.find((content) => content.name === name);
}

/** The file from which a run's transcripts were imported; undefined for dialogues that we simulated. */
export function importedFrom({ agents }: Pick<RunRecord, 'agents'>): string | undefined {
  return /^file:(.+)#[^#]*$/s.exec(agents[0]?.spec ?? '')?.[1];
}

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
  /** Patient turns in which the agent was not understood or not answered; null where nobody listened for it. */
  mishearings: z.array(mishearingSchema).nullable().default(null),
  realisedFaults: z.array(z.object({ failureMode: z.string(), turn: z.int() })),
  unrealisedFaults: z.int().nonnegative(),
  /** What a transcript from elsewhere says of itself; left out for simulated dialogues. */
  stated: z.object({ hazard: z.string().optional(), scenario: z.string().optional() }).optional(),
  /** Turn in which a person who was the patient said the cue in own words, as a juror read it. */
  ownCue: z.int().positive().optional(),
  /** Whether the agent was told the required items; left out where that is not known. */
  toldItems: z.boolean().optional(),
  /** What a review found in the patient's turns; null where none was made. */
  patientFaults: z.array(patientFaultSchema).nullable().default(null),
  error: z.string().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

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
  id: idSchema,
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
