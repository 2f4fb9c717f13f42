import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readYaml } from '../../../read-file.js';

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
  /** One move of the handling gives way to another. */
  z.strictObject({
    ...common,
    kind: z.literal('swapped'),
    move: z.string(),
    for: z.string(),
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

const handlingSchema = z
  .array(
    z.strictObject({
      hazards: z.array(z.string()).optional(),
      when: z.array(z.string()).default([]),
      levels: z.array(z.string()).optional(),
      turns: z.array(z.array(z.string()).min(1)).min(1),
      then: z.enum(['continue', 'close']).default('continue'),
    }),
  )
  .min(1);
export type Handling = z.infer<typeof handlingSchema>[number];

const bankSchema = z.strictObject({
  halves: z.strictObject({
    first: z.record(z.string(), z.array(z.string().min(1)).min(1)),
    second: z.record(z.string(), z.array(z.string().min(1)).min(1)),
  }),
});
/** Utterances by move: what the agent wants to say, to the ways of saying it. */
export type UtteranceBank = z.infer<typeof bankSchema>['halves']['first'];

export interface ReferenceData {
  readonly agents: z.infer<typeof agentsSchema>;
  readonly handling: readonly Handling[];
  readonly halves: z.infer<typeof bankSchema>['halves'];
}

const dataset = (name: string) =>
  fileURLToPath(new URL(`../../../../datasets/reference-agents/${name}`, import.meta.url));

export function loadReferenceData(): ReferenceData {
  return {
    agents: readYaml(dataset('agents.yaml'), agentsSchema),
    handling: readYaml(dataset('handling.yaml'), handlingSchema),
    halves: readYaml(dataset('utterances.yaml'), bankSchema).halves,
  };
}
