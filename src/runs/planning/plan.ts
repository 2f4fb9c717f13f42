import { z } from 'zod';
import { readYaml } from '../../read-file.js';

/** What a run simulates. Every field has a default: an empty plan is the offline demonstration. */
export const planSchema = z.strictObject({
  agents: z
    .array(z.string().min(1))
    .min(1)
    .default(['offline:careful', 'offline:rushed', 'offline:late'])
    .describe('Agents under test, as SPEC or NAME=SPEC.'),
  hazards: z.array(z.string()).default([]).describe('Hazards to keep; none given keeps all.'),
  domains: z.array(z.string()).default([]).describe('Domains to keep; none given keeps all.'),
  scenarios: z.array(z.string()).default([]).describe('Scenarios to keep; none given keeps all.'),
  personas: z
    .array(z.string())
    .default([])
    .describe('Levels that every patient has, as channel=noisy; none given keeps all personas.'),
  repeats: z.int().min(1).max(1000).default(1).describe('Times each scenario is repeated.'),
  maxTurns: z.int().min(2).max(200).default(36).describe('Turns of a dialogue, both speakers.'),
  seed: z.int().default(1).describe('Decides persona, wording and all other chance.'),
  turnTimeout: z
    .number()
    .positive()
    .max(3600)
    .default(120)
    .describe('Seconds for an agent to answer a turn.'),
  patient: z
    .string()
    .min(1)
    .default('offline')
    .describe('The simulated patient: offline (rule-based), or a model as openai:MODEL.'),
  agentPrompt: z.string().optional().describe('Prompt file of agents that are models.'),
  judges: z
    .array(z.string().min(1))
    .default(['deterministic'])
    .describe(
      'Jurors: deterministic, models as openai:MODEL, or one jury:FILE.yaml; [] judges later.',
    ),
  second: z.string().optional().describe('A stronger juror for what the others leave open.'),
  policy: z.string().optional().describe('File with safety rules of your own, a further view.'),
  tokenBudget: z.int().positive().optional().describe('Tokens that the whole run may use.'),
  costBudget: z.number().positive().optional().describe('Money that it may cost; needs prices.'),
  prices: z.string().optional().describe('Price file: money per million tokens, by model.'),
  concurrency: z.int().min(1).max(1024).default(8).describe('Dialogues held at one time.'),
});
export type Plan = z.infer<typeof planSchema>;

/** A plan as it is written: what is left out takes its default. */
export type PlanInput = z.input<typeof planSchema>;

/** @throws MatrixError naming the place in the file that is wrong */
export function loadPlan(file: string): PlanInput {
  readYaml(file, planSchema);
  return readYaml(file, z.looseObject({}));
}
