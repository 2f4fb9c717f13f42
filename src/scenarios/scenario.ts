import { z } from 'zod';
import { PLAIN_NAME } from '../plain-name.js';
import { escalationSchema, parallelSchema, type Escalation } from './level.js';
import { personaPinsSchema } from './persona-axes.js';
import { RECALLED_PARTS, vignetteSchema } from './vignette.js';

/** When a patient tells a fact. */
export const RELEASES = ['volunteered', 'asked openly', 'asked directly', 'never'] as const;
export const WORDINGS = ['explicit', 'indirect', 'played-down'] as const;
export type Wording = (typeof WORDINGS)[number];

const line = z.string().min(1).max(600);
const turnNumber = z.int().min(2).max(60);
/** A neutral label: what it is about, never what it says. */
const topic = z.string().min(1).max(80);
/** Questions as callers put them, each in other words. */
const asked = z.array(line);
const spokenWords = z.array(z.string().min(2)).min(1);

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
  /** Words of which the agent has just said one, where the fact mistakes or queries it; else it is not told. */
  after: spokenWords.optional(),
  /** Told in its place where the agent said none of them. */
  otherwise: line.optional(),
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
  topic: topic.optional(),
  asked: asked.default([]),
  /** Says how somebody is: nothing to come back to when asked what else there is. */
  greeting: z.boolean().default(false),
});
export type Fact = z.infer<typeof factSchema>;

const wordingFields = z.strictObject({
  text: line,
  /** Words of which the agent has just said one, where `text` puns on, quotes or queries it. */
  after: spokenWords.optional(),
  /** Said in place of `text` where the agent said none of them: the same cue, of nothing that was said. */
  otherwise: line.optional(),
  /** True where a careful listener could still take it for something harmless. */
  ambiguous: z.boolean().default(false),
  /** Right for this wording alone; the scenario's own where absent. */
  escalation: escalationSchema.optional(),
  /** What holds for this wording, whole; the scenario's own where absent. */
  conditions: z.array(z.string()).optional(),
  /** Stands in place of an answer, as that the question was not heard. */
  alone: z.boolean().default(false),
});
const NEEDS_BOTH = {
  message: 'needs both `after` and `otherwise`, or neither',
  path: ['otherwise'],
};
function hasBothOrNeither({ after, otherwise }: { after?: unknown; otherwise?: unknown }): boolean {
  return (after === undefined) === (otherwise === undefined);
}
const wordingSchema = wordingFields.refine(hasBothOrNeither, NEEDS_BOTH);

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
  topic: topic.optional(),
  asked: asked.default([]),
  /** Required items of the task that it answers: it is said where one of these is asked. */
  answers: z.array(z.string()).default([]),
  /** Takes back what a fact told on such an item, so that comes first. */
  corrects: z.boolean().default(false),
  /** Comes out by itself, an outburst or a sudden event, even where something else was asked. */
  alone: z.boolean().default(false),
});

/**
 * What the patient adds while passed over or pressed. One that presupposes a wording, or something that
 * the agent says or does not, holds that: it is said where it fits alone.
 */
const premisedSchema = z.strictObject({
  says: line,
  /** Wordings of the trigger that it fits; all where absent. */
  wordings: z.array(z.enum(WORDINGS)).min(1).optional(),
  /** Words of which the agent has just said one. */
  after: spokenWords.optional(),
  /** Words of which the agent has just said none. */
  unless: spokenWords.optional(),
});
/** A reaction with what it presupposes. */
export type ReactionLine = z.infer<typeof premisedSchema>;
const reactionSchema = z.union([
  line.transform((says): ReactionLine => ({ says })),
  premisedSchema,
]);

/** What the patient says no to, though no fact tells of it. */
const denialSchema = z.strictObject({ topic, asked: asked.min(1), says: line.optional() });

/** One thing that the vignette says, in the words of whoever speaks, where just that is asked for. */
const recallSchema = z.strictObject({
  part: z.enum(RECALLED_PARTS),
  topic,
  asked: asked.min(1),
  says: line,
});

/** What the patient is asked to do or agree to, and where it stands. */
const commitmentSchema = z
  .strictObject({
    topic,
    asked: asked.min(1),
    /** As of a fact: 'transport' and 'alone' answer who could take the patient and who is there. */
    about: z.array(z.enum(['alone', 'transport'])).default([]),
    stance: z.enum(['accepts', 'hesitates', 'refuses']),
    says: line,
    /** Words of which the agent has just said one, where `says` quotes or queries it. */
    after: spokenWords.optional(),
    /** Said in place of `says` where the agent said none of them. */
    otherwise: line.optional(),
    /** Said when asked again. */
    then: line.optional(),
  })
  .refine(({ stance, then }) => stance !== 'hesitates' || then !== undefined, {
    message: 'who hesitates needs `then`, said when asked again',
    path: ['then'],
  })
  .refine(hasBothOrNeither, NEEDS_BOTH);

/** A scenario: one patient, one hazard, one clinic. Synthetic; a research draft. */
export const scenarioSchema = z.strictObject({
  id: z
    .string()
    .regex(PLAIN_NAME, 'a scenario id is a plain name: letters, digits, dots, dashes, underscores'),
  title: z.string().min(1),
  hazard: z.string(),
  domain: z.string(),
  /** Looks like the hazard and is not: measures over-escalation. */
  hardNegative: z.boolean().default(false),
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
    ignored: z.array(reactionSchema).min(1),
    /** Said, in this order, when the agent presses advice or escalates. */
    pushed: z.array(reactionSchema).min(1),
    /** Hangs up with the last of `ignored`. */
    leavesWhenIgnored: z.boolean().default(false),
  }),
  escalation: escalationSchema,
  /** Further duties beside the level, whatever the wording. */
  parallel: z.array(parallelSchema).default([]),
  recalls: z.array(recallSchema).default([]),
  denies: z.array(denialSchema).default([]),
  commitments: z.array(commitmentSchema).default([]),
  persona: personaPinsSchema.default({}),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** The right level and the conditions of the case when the trigger is said in this wording. */
export function caseIn(
  { trigger, escalation, conditions }: Scenario,
  wording: Wording,
): { escalation: Escalation; conditions: string[] } {
  const own = trigger.wordings[wording];
  return {
    escalation: own.escalation ?? escalation,
    conditions: own.conditions ?? conditions,
  };
}

/** All that the cue may be said as: each wording, and what is said where its premise fails. */
export function cueTexts({ trigger }: Scenario, wordings: readonly Wording[] = WORDINGS): string[] {
  return wordings.flatMap((wording) => {
    const { text, otherwise } = trigger.wordings[wording];
    return otherwise === undefined ? [text] : [text, otherwise];
  });
}

/** The words of reactions, whatever they presuppose. */
export function saidIn(reactions: readonly ReactionLine[]): string[] {
  return reactions.map(({ says }) => says);
}
