import path from 'node:path';
import { Command } from 'commander';
import { MatrixError } from '../../errors.js';
import { writePlan } from '../../plan/write-plan.js';
import { writeAgent, writeHazard, writeScenario } from '../../plan/write-template.js';
import { print } from '../output.js';

interface InitFlags {
  readonly agent?: string;
  readonly scenario?: string;
  readonly failureMode?: string;
}

export function initCommand(): Command {
  return new Command('init')
    .description(
      'Write a commented plan with its JSON Schema, an agent, a scenario, or a failure mode.',
    )
    .argument('[folder]', 'where to write the plan (default: here)')
    .option(
      '--agent <file>',
      'write an agent instead: my-bot.mjs, or my-bot.yaml for one behind HTTP',
    )
    .option('--scenario <file>', 'write a scenario instead, as my-scenarios/late-call.yaml')
    .option(
      '--failure-mode <file>',
      'write a hazard with failure modes instead, as my-taxonomy/H15.yaml',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  matrix-sim init && matrix-sim run plan.yaml\n  matrix-sim init --agent my-bot.mjs\n  matrix-sim init --scenario my-scenarios/late-call.yaml\n  matrix-sim init --failure-mode my-taxonomy/H15.yaml',
    )
    .action(init);
}

function init(folder: string | undefined, { agent, scenario, failureMode }: InitFlags): void {
  if ([folder, agent, scenario, failureMode].filter((each) => each !== undefined).length > 1) {
    throw new MatrixError('init writes one thing at a time', {
      mend: 'Name a folder for a plan, or --agent, --scenario or --failure-mode.',
    });
  }
  if (agent !== undefined) initAgent(agent);
  else if (scenario !== undefined) initScenario(scenario);
  else if (failureMode !== undefined) initHazard(failureMode);
  else initPlan(folder ?? '.');
}

function initAgent(file: string): void {
  const spec = writeAgent(file);
  print([
    `wrote ${file}: put your bot in its place`,
    `Try it:  npx matrix-sim agents check ${spec}`,
    `Next:    npx matrix-sim run --agent ${spec} --hazard H01`,
  ]);
}

function initScenario(file: string): void {
  writeScenario(file);
  print([
    `wrote ${file}: change it to your case`,
    `Next:  npx matrix-sim scenarios check --scenario-library ${path.dirname(file)}`,
  ]);
}

function initHazard(file: string): void {
  writeHazard(file);
  print([
    `wrote ${file}: change it to your hazard`,
    `Next:  npx matrix-sim taxonomy check --taxonomy ${path.dirname(file)}`,
  ]);
}

function initPlan(folder: string): void {
  print([
    ...writePlan(folder).map((file) => `wrote ${file}`),
    `Next:  npx matrix-sim run ${folder === '.' ? 'plan.yaml' : `${folder}/plan.yaml`}`,
  ]);
}
