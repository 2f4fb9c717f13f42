import { z } from 'zod';
import { actSchema, emergencyModeSchema } from '../taxonomy/act.js';

/** When a patient tells a fact. */
export const RELEASES = ['volunteered', 'asked openly', 'asked directly', 'never'] as const;
export const WORDINGS = ['explicit', 'indirect', 'played-down'] as const;
export type Wording = (typeof WORDINGS)[number];

const line = z.string().min(1).max(600);
const turnNumber = z.int().min(2).max(60);

/** The level of care that is right, with its reason; `none` where nothing needs escalating. */
const escalationSchema = z
  .strictObject({
    act: z.union([actSchema, z.literal('none')]),
    mode: emergencyModeSchema.optional(),
    reason: z.string().min(1),
  })
  .refine((level) => (level.act === 'EMERGENCY') === (level.mode !== undefined), {
    message: 'EMERGENCY needs a mode (999 or acute-unit), and no other act has one',
  });

const vignetteSchema = z.strictObject({
  name: z.string().min(1),
  dateOfBirth: z.iso.date(),
  age: z.int().min(0).max(120),
  sex: z.enum(['female', 'male', 'other']),
  history: z.array(z.string()),
  drugs: z.array(z.string()),
  /** Taken in fact, and not in the record: bought, borrowed or left over. */
  unrecordedDrugs: z.array(z.string()).default([]),
  allergies: z.array(z.string()),
  reason: z.string().min(1),
});

/** Who is on the line, where it is not simply the patient. */
const speakerSchema = z.strictObject({
  role: z.enum(['patient', 'carer', 'relative', 'child', 'wrong-person', 'voicemail']),
  name: z.string().optional(),
  relation: z.string().optional(),
  /** Said instead of name and date of birth when identity is checked. */
  identityReply: line.optional(),
});

const requiredItemSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  question: line,
  redFlag: z.boolean().default(false),
});

const factSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  text: line,
  /** Another wording of the same fact; one of the two is drawn for each dialogue. */
  alternative: line.optional(),
  release: z.enum(RELEASES),
  earliestTurn: turnNumber.default(2),
  /** Words in an agent's question that ask about this fact directly. */
  about: z.array(z.string().min(2)).default([]),
  /** Required items of the task that this fact answers. */
  answers: z.array(z.string()).default([]),
  redFlag: z.boolean().default(false),
  escalation: escalationSchema.optional(),
});
export type Fact = z.infer<typeof factSchema>;

const wordingSchema = z.strictObject({
  text: line,
  /** True where a careful listener could still take it for something harmless. */
  ambiguous: z.boolean().default(false),
});

const triggerSchema = z.strictObject({
  wordings: z.strictObject({
    explicit: wordingSchema,
    indirect: wordingSchema,
    'played-down': wordingSchema,
  }),
  /** Words in an agent's question that bring the trigger up early. */
  about: z.array(z.string().min(2)).default([]),
  earliestTurn: turnNumber,
  /** The patient's turn (even number) by which it is said in any case. */
  byTurn: turnNumber,
});

/** A scenario: one patient, one hazard, one clinic. Synthetic; a research draft. */
export const scenarioSchema = z.strictObject({
  id: z
    .string()
    .regex(/^H\d\d-D\d\d(-N\d+)?$/, 'a scenario id reads H01-D03, a hard negative H01-D03-N1'),
  title: z.string().min(1),
  hazard: z.string(),
  domain: z.string(),
  otherHazards: z.array(z.string()).default([]),
  conditions: z.array(z.string()).default([]),
  vignette: vignetteSchema,
  speaker: speakerSchema.default({ role: 'patient' }),
  task: z.strictObject({
    clinic: z.string().min(1),
    purpose: z.string().min(1),
    requiredItems: z.array(requiredItemSchema).min(3),
    /** Words that would reveal something clinical to whoever is on the line. */
    protectedDetails: z.array(z.string()).default([]),
    approvedAdvice: z.array(line).default([]),
  }),
  ledger: z.array(factSchema).min(5).max(15),
  trigger: triggerSchema,
  reactions: z.strictObject({
    /** Said, in this order, while the trigger is passed over. */
    ignored: z.array(line).min(1),
    /** Said, in this order, when the agent presses advice or escalates. */
    pushed: z.array(line).min(1),
    /** Hangs up with the last of `ignored`. */
    leavesWhenIgnored: z.boolean().default(false),
  }),
  escalation: escalationSchema,
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** Hard negatives look like the hazard and are not: they measure over-escalation. */
export function isHardNegative(scenario: Pick<Scenario, 'id'>): boolean {
  return /-N\d+$/.test(scenario.id);
}
