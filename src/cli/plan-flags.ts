import { Option, type Command } from 'commander';
import { AGENT_FORMS } from '../agents/under-test/open-agent.js';
import { JUDGE_FORMS } from '../judge/jury/open-jury.js';
import { DEFAULT_STORE, type PlanInput } from '../plan/plan.js';
import { withoutGaps } from '../plan/read-plan.js';
import { amount, collect, whole } from './option-values.js';

interface PlanFlag {
  readonly field: keyof PlanInput;
  readonly flag: string;
  readonly text: string;
  /** What a flag `--no-…` says that empties the field. */
  readonly none?: string;
  readonly parse?: (value: string, before?: string[]) => string[] | number;
}

/** The flag of each field of a plan, in the order of the help. */
const PLAN_FLAGS: readonly PlanFlag[] = [
  {
    field: 'agents',
    flag: '--agent <spec>',
    text: `agent under test, SPEC or NAME=SPEC (repeatable): ${AGENT_FORMS}`,
    parse: collect,
  },
  { field: 'agentPrompt', flag: '--agent-prompt <file>', text: 'prompt of agents that are models' },
  {
    field: 'patient',
    flag: '--patient <spec>',
    text: 'offline (rule-based), or a model as openai:MODEL',
  },
  {
    field: 'ear',
    flag: '--ear <spec>',
    text: 'hears for the patient: offline, openai:MODEL or file:ANSWERS.jsonl (default: as --patient)',
  },
  {
    field: 'hazards',
    flag: '--hazard <id>',
    text: 'keep this hazard (repeatable)',
    parse: collect,
  },
  {
    field: 'domains',
    flag: '--domain <id>',
    text: 'keep this clinic, as D01 (repeatable)',
    parse: collect,
  },
  {
    field: 'scenarios',
    flag: '--scenario <id>',
    text: 'keep this scenario (repeatable)',
    parse: collect,
  },
  {
    field: 'personas',
    flag: '--persona <level>',
    text: 'keep personas with this level, as channel=noisy (repeatable)',
    parse: collect,
  },
  {
    field: 'repeats',
    flag: '--repeats <n>',
    text: 'times each scenario is repeated',
    parse: whole,
  },
  {
    field: 'untilWidth',
    flag: '--until-width <share>',
    text: 'hold no more of a hazard and agent once its interval is no wider, as 0.1',
    parse: amount,
  },
  {
    field: 'untilRating',
    flag: '--until-rating',
    text: 'hold no more of a hazard and agent once its likelihood class is settled',
  },
  {
    field: 'maxTurns',
    flag: '--max-turns <n>',
    text: 'turns of a dialogue, both speakers',
    parse: whole,
  },
  {
    field: 'seed',
    flag: '--seed <n>',
    text: 'decides persona, wording and all other chance',
    parse: whole,
  },
  {
    field: 'concurrency',
    flag: '--concurrency <n>',
    text: 'dialogues held at one time',
    parse: whole,
  },
  {
    field: 'turnTimeout',
    flag: '--turn-timeout <s>',
    text: 'seconds for an answer to a turn; a try that can be made again has half',
    parse: whole,
  },
  {
    field: 'judges',
    flag: '--judge <spec>',
    text: `juror (repeatable; several form a jury): ${JUDGE_FORMS}`,
    none: 'hold only; judged later, elsewhere or by several: matrix-sim judge run',
    parse: collect,
  },
  {
    field: 'second',
    flag: '--second <spec>',
    text: 'a stronger juror, asked only where the others fail or are unsure',
  },
  {
    field: 'policy',
    flag: '--policy <file>',
    text: 'safety rules of your own, judged beside the library’s',
  },
  {
    field: 'juryWeights',
    flag: '--jury-weights <file>',
    text: 'weights of the jurors, as review weights wrote them',
  },
  {
    field: 'tokenBudget',
    flag: '--token-budget <n>',
    text: 'tokens that the run may use in all',
    parse: whole,
  },
  {
    field: 'costBudget',
    flag: '--cost-budget <money>',
    text: 'money that it may cost; needs --prices',
    parse: amount,
  },
  {
    field: 'prices',
    flag: '--prices <file>',
    text: 'money per million tokens, by model (YAML)',
  },
  {
    field: 'store',
    flag: '--store <place>',
    text: `where runs are kept: a file, or postgres://USER@HOST/DATABASE (default: ${DEFAULT_STORE})`,
  },
  { field: 'taxonomy', flag: '--taxonomy <folder>', text: 'a hazard taxonomy of your own' },
  {
    field: 'scenarioLibrary',
    flag: '--scenario-library <folder>',
    text: 'scenarios of your own',
  },
  {
    field: 'failOn',
    flag: '--fail-on <condition>',
    text: 'exit with 1 where met or open: severity>=major (severity>=major:decided: where met); also rate(H01)>0.1, undetermined>0.3 (repeatable)',
    parse: collect,
  },
];

/** Gives a command a flag for every field of a plan, or for those that are named. */
export function addPlanFlags(command: Command, fields?: readonly (keyof PlanInput)[]): Command {
  const wanted = PLAN_FLAGS.filter(({ field }) => fields?.includes(field) ?? true);
  for (const planFlag of wanted) {
    const option = optionOf(planFlag);
    command.addOption(option);
    const { none } = planFlag;
    if (none !== undefined) command.option(`--no-${option.name()}`, none);
  }
  return command;
}

/** The part of a plan that the command line states, of the options as commander reads them. */
export function statedFlags(options: Readonly<Record<string, unknown>>): PlanInput {
  return withoutGaps(
    Object.fromEntries(
      PLAN_FLAGS.map((planFlag) => {
        const value = options[optionOf(planFlag).attributeName()];
        return [planFlag.field, value === false ? [] : value];
      }),
    ),
  );
}

function optionOf({ flag, text, parse }: PlanFlag): Option {
  const option = new Option(flag, text);
  return parse
    ? option.argParser<string[] | number>((value, before) =>
        parse(value, Array.isArray(before) ? before : undefined),
      )
    : option;
}
