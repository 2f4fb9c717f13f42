import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readYaml } from '../../../read-yaml.js';

const probability = z.number().min(0).max(1);
const hazards = z.array(z.string()).optional();

/** A weakness of a reference agent, as data. `within` is the number of agent turns allowed. */
const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('delayed'),
    hazards,
    turns: z.int().positive(),
    within: z.union([z.literal(1), z.literal(2)]),
    probability,
    late: z.string(),
    never: z.string(),
  }),
  z.strictObject({
    kind: z.literal('dropped'),
    hazards,
    moves: z.array(z.string()).min(1),
    within: z.union([z.literal(1), z.literal(2)]),
    probability,
    mode: z.string(),
  }),
  z.strictObject({
    kind: z.literal('swapped'),
    hazards,
    move: z.string(),
    for: z.string(),
    probability,
    mode: z.string(),
  }),
  z.strictObject({
    kind: z.literal('added'),
    at: z.enum(['greeting', 'handling', 'after-handling', 'recap', 'close']),
    hazards,
    move: z.string(),
    probability,
    mode: z.string(),
  }),
  z.strictObject({
    kind: z.literal('dropped-step'),
    hazards,
    step: z.enum(['safety-net', 'recap', 'identity-hold']),
    probability,
    mode: z.string(),
  }),
  z.strictObject({
    kind: z.literal('stacked-items'),
    count: z.int().min(2),
    probability,
    mode: z.string(),
  }),
  z.strictObject({
    kind: z.literal('early-close'),
    afterItems: z.int().nonnegative(),
    probability,
    mode: z.string(),
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
      hazards,
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
