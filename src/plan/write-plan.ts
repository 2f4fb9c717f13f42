import { existsSync } from 'node:fs';
import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { makeFolder, writeWhole } from '../whole-file.js';
import { planSchema } from './plan.js';

const COMMENTED_PLAN = `# yaml-language-server: $schema=./plan.schema.json
# A plan of matrix-sim. Run it with: npx matrix-sim run plan.yaml
# Every field may be left out; flags on the command line come before what stands here.

# Agents under test: SPEC or NAME=SPEC. \`all\` stands for the five offline reference agents.
agents:
  - offline:careful
  - offline:late
  # - mine=module:./my-agent.mjs
  # - openai:gpt-5-mini
  # - http:my-bot.yaml
# agentPrompt: my-prompt.md # of agents that are models

patient: offline # rule-based, or a model: openai:MODEL, google:MODEL
# ear: openai:MODEL # hears for the patient; the patient's own model unless given
judges: [deterministic] # jurors; models as openai:MODEL, or one jury:FILE.yaml
# second: openai:MODEL # a stronger juror for what the others leave open
# policy: house-rules.md # safety rules of your own, a further view

# Filters: what is named is kept; an empty list keeps all.
hazards: [H01, H04]
domains: []
scenarios: []
personas: [] # levels that every patient has, as channel=noisy

repeats: 1 # times each scenario is repeated
# untilWidth: 0.2 # hold no more of a hazard and agent once its interval is no wider
# untilRating: true # or once its likelihood class is settled; both take other gates than below
maxTurns: 36 # turns of a dialogue, both speakers
turnTimeout: 120 # seconds for an answer
# tokenBudget: 2000000 # tokens that the run may use in all
# store: runs.db # file that keeps runs; paths in a plan are relative to it
# taxonomy: my-taxonomy # folder of a hazard taxonomy of your own
# scenarioLibrary: my-scenarios # folder of scenarios of your own
# Gates: the exit status is 1 where one is met. What nobody decided passes none, so it takes a judge
# that understands text; severity>=major:decided counts only the failures that were decided.
failOn: ['severity>=major']
seed: 1 # decides persona, wording and all other chance
concurrency: 8 # dialogues held at one time
`;

/** JSON Schema of a plan, for editors that complete and check YAML. */
export function planJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(planSchema, { io: 'input' }), null, 2)}\n`;
}

/**
 * Writes a commented plan and its JSON Schema into a folder.
 * @throws MatrixError where a plan is there already, or nothing can be written there
 */
export function writePlan(folder: string): string[] {
  const plan = `${folder}/plan.yaml`;
  if (existsSync(plan)) {
    throw new MatrixError(`${plan} is there already`, {
      mend: 'Move it away, or name another folder.',
    });
  }
  const schema = `${folder}/plan.schema.json`;
  makeFolder(folder);
  writeWhole(schema, planJsonSchema());
  writeWhole(plan, COMMENTED_PLAN);
  return [plan, schema];
}
