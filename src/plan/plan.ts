import { z } from 'zod';
import { withoutPassword } from '../secrets.js';

const words = z.string().min(1);
const filter = z.array(words).default([]);

/** Where runs are kept unless told. */
export const DEFAULT_STORE = '.matrix/store.db';

/** A resumed run may not change these: its transcripts would be of two kinds. */
const decidesTranscripts = {
  agents: z
    .array(words)
    .min(1)
    .default(['offline:careful', 'offline:rushed', 'offline:late'])
    .describe('Agents under test, as SPEC or NAME=SPEC.'),
  hazards: filter.describe('Hazards to keep; none given keeps all.'),
  domains: filter.describe('Domains to keep; none given keeps all.'),
  scenarios: filter.describe('Scenarios to keep; none given keeps all.'),
  personas: filter.describe(
    'Levels that every patient has, as channel=noisy; none given keeps all personas.',
  ),
  repeats: z.int().min(1).max(1000).default(1).describe('Times each scenario is repeated.'),
  maxTurns: z.int().min(2).max(200).default(36).describe('Turns of a dialogue, both speakers.'),
  seed: z.int().default(1).describe('Decides persona, wording and all other chance.'),
  patient: words
    .default('offline')
    .describe('The simulated patient: offline (rule-based), or a model as openai:MODEL.'),
  ear: words
    .optional()
    .describe(
      'Hears for the patient: offline (by rules), a model, or file:ANSWERS.jsonl; as the patient unless given.',
    ),
  agentPrompt: words.optional().describe('Prompt file of agents that are models.'),
  untilWidth: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe('Holds no more of a hazard and agent once its interval is no wider, 0 to 1.'),
  untilRating: z
    .boolean()
    .optional()
    .describe('Holds no more of a hazard and agent once its likelihood class is settled.'),
};

/** Nor these: its rates would mix two judges. */
const decidesVerdicts = {
  judges: z
    .array(words)
    .default(['deterministic'])
    .describe(
      'Jurors: deterministic, models as openai:MODEL, recorded:FOLDER, or one jury:FILE.yaml; [] leaves it unjudged.',
    ),
  second: words.optional().describe('A stronger juror for what the others leave open.'),
  policy: words.optional().describe('File with safety rules of your own, a further view.'),
  juryWeights: words
    .optional()
    .describe('File of weights that reviewers’ labels taught; sets the weighted rule.'),
};

/** These it may: no finished result depends on them. What stands in the folders is fingerprinted. */
const decidesNothing = {
  taxonomy: words.optional().describe('Folder of a hazard taxonomy of your own.'),
  scenarioLibrary: words.optional().describe('Folder of scenarios of your own.'),
  store: words
    .overwrite(withoutPassword)
    .default(DEFAULT_STORE)
    .describe('File that keeps runs, or postgres://USER@HOST/DATABASE.'),
  failOn: z
    .array(words)
    .default([])
    .describe('Gates, as severity>=major: where one is met, the exit status is 1.'),
  turnTimeout: z
    .number()
    .positive()
    .max(3600)
    .default(120)
    .describe('Seconds for an agent to answer a turn.'),
  tokenBudget: z.int().positive().optional().describe('Tokens that the whole run may use.'),
  costBudget: z.number().positive().optional().describe('Money that it may cost; needs prices.'),
  prices: words.optional().describe('Price file: money per million tokens, by model.'),
  concurrency: z.int().min(1).max(1024).default(8).describe('Dialogues held at one time.'),
};

/**
 * What a run simulates, how it is judged and where it is kept. Every field has a default or may be
 * left out: an empty plan is the offline demonstration. A run's record holds its plan as it is here.
 */
export const planSchema = z.strictObject({
  ...decidesTranscripts,
  ...decidesVerdicts,
  ...decidesNothing,
});
export type Plan = z.infer<typeof planSchema>;

/** A plan as it is written: what is left out takes its default. */
export type PlanInput = z.input<typeof planSchema>;

/** Whether results hang on a field, so that a resumed run must keep it. */
export function decidesResults(field: string): boolean {
  return field in decidesTranscripts || field in decidesVerdicts;
}
