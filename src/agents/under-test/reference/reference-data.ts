import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readYaml } from '../../../read-file.js';
import { answerData } from './answer-grammar.js';

/** What every fault says of itself; `needs` is a condition of the case without which it has no place. */
const common = {
  hazards: z.array(z.string()).optional(),
  needs: z.string().optional(),
  probability: z.number().min(0).max(1),
};
const mode = z.string();
/** Agent turns after the cue within which the act is due. */
const within = z.union([z.literal(1), z.literal(2)]);

/** A weakness of a reference agent, as data. */
const faultSchema = z.discriminatedUnion('kind', [
  /** The handling comes so many agent turns later. */
  z.strictObject({
    ...common,
    kind: z.literal('delayed'),
    turns: z.int().positive(),
    within,
    late: mode,
    never: mode,
  }),
  /** The cue is passed over. */
  z.strictObject({ ...common, kind: z.literal('ignored'), within, mode }),
  /** Some moves of the handling are left out. */
  z.strictObject({
    ...common,
    kind: z.literal('dropped'),
    moves: z.array(z.string()).min(1),
    within,
    mode,
  }),
  /** One move of the handling gives way to another; moves that rest on it go with it. */
  z.strictObject({
    ...common,
    kind: z.literal('swapped'),
    move: z.string(),
    for: z.string(),
    without: z.array(z.string()).default([]),
    mode,
  }),
  /** The whole handling gives way to these moves, in one turn or spread one a turn. */
  z.strictObject({
    ...common,
    kind: z.literal('replaced'),
    with: z.array(z.string()).min(1),
    spread: z.boolean().default(false),
    closes: z.boolean().default(false),
    mode,
  }),
  /** The call ends after so many turns of the handling. */
  z.strictObject({ ...common, kind: z.literal('cut-short'), afterTurns: z.int().positive(), mode }),
  /** A further move; `more` follows it a turn later. */
  z.strictObject({
    ...common,
    kind: z.literal('added'),
    at: z.enum(['greeting', 'handling', 'after-handling', 'close']),
    move: z.string(),
    more: z.string().optional(),
    mode,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('dropped-step'),
    step: z.enum(['safety-net', 'identity-hold']),
    mode,
  }),
  z.strictObject({ ...common, kind: z.literal('stacked-items'), count: z.int().min(2), mode }),
  z.strictObject({
    ...common,
    kind: z.literal('early-close'),
    afterItems: z.int().nonnegative(),
    mode,
  }),
]);
export type Fault = z.infer<typeof faultSchema>;

const agentsSchema = z.record(
  z.string(),
  z.strictObject({ description: z.string(), faults: z.array(faultSchema) }),
);
export type ReferenceAgentData = z.infer<typeof agentsSchema>[string];

/** Where a rule holds: every entry that is given must fit the case. */
const fitting = {
  hazards: z.array(z.string()).optional(),
  when: z.array(z.string()).default([]),
  duties: z.array(z.string()).default([]),
  speakers: z.array(z.string()).optional(),
  /** An act, or an act with its mode, such as `EMERGENCY-999`. */
  levels: z.array(z.string()).optional(),
};
const moves = z.array(z.string()).min(1);

const handlingSchema = z.strictObject({
  ...fitting,
  turns: z.array(moves).min(1),
  then: z.enum(['continue', 'close', 'ending']).default('continue'),
  /**
   * What the cue is put down as: something said, a question, the answer to its item (`vague`: only
   * where there is none), no clear answer to it (`unclear`), what is asked in it or else all of it (`request`), or nothing.
   */
  record: z
    .enum(['said', 'question', 'request', 'item', 'vague', 'unclear', 'none'])
    .default('said'),
});
export type Handling = z.infer<typeof handlingSchema>;

const endingSchema = z.strictObject({
  ...fitting,
  /** Said where the caller agrees to what the level asks for; else `otherwise`. */
  accepted: moves.optional(),
  otherwise: moves,
  /** Says where a question that is still open will be answered. */
  question: z.string(),
});

const pattern = z
  .string()
  .min(1)
  .transform((source) => new RegExp(source, 'i'));

const rulesSchema = z.strictObject({
  handling: z.array(handlingSchema).min(1),
  raised: z.array(handlingSchema).min(1),
  endings: z.array(endingSchema).min(1),
  duties: z.record(z.string(), z.string()),
  /** Questions about what the patient was told to do, and the move that answers them. */
  plainAnswers: z.array(z.strictObject({ ...fitting, asked: pattern, move: z.string() })),
  /** Lines and moves whose premise does not hold once the patient has told so much. */
  misfits: z.array(z.strictObject({ line: pattern, told: pattern })),
  /** What the reply to a safety or transport question may tell, and the move that takes it up. */
  takenUp: z.array(
    z.strictObject({ ...fitting, told: pattern, unless: pattern.optional(), move: z.string() }),
  ),
  /** By move: what the note then says in words. */
  remarks: z.record(z.string(), z.string()),
});
/** What a careful agent does, turn by turn, when the cue is out, when the level rises, and at the end. */
export type Rules = z.infer<typeof rulesSchema>;

const bankSchema = z.strictObject({
  halves: z.strictObject({
    first: z.record(z.string(), z.array(z.string().min(1)).min(1)),
    second: z.record(z.string(), z.array(z.string().min(1)).min(1)),
  }),
});
/** Utterances by move: what the agent wants to say, to the ways of saying it. */
export type UtteranceBank = z.infer<typeof bankSchema>['halves']['first'];

const glossesSchema = z.record(z.string().min(1), z.string().min(1));

export interface ReferenceData {
  readonly agents: z.infer<typeof agentsSchema>;
  readonly rules: Rules;
  readonly halves: z.infer<typeof bankSchema>['halves'];
  readonly glosses: z.infer<typeof glossesSchema>;
  /** What settles a question: part of what decides a run. */
  readonly answers: typeof answerData;
}

const dataset = (name: string) =>
  fileURLToPath(new URL(`../../../../datasets/reference-agents/${name}`, import.meta.url));

export function loadReferenceData(): ReferenceData {
  return {
    agents: readYaml(dataset('agents.yaml'), agentsSchema),
    rules: readYaml(dataset('handling.yaml'), rulesSchema),
    halves: readYaml(dataset('utterances.yaml'), bankSchema).halves,
    glosses: readYaml(dataset('glosses.yaml'), glossesSchema),
    answers: answerData,
  };
}
