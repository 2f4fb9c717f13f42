import { Command, Option } from 'commander';
import { EXIT, MatrixError } from '../../../errors.js';
import { createLogger } from '../../../logger.js';
import { DEFAULT_STORE, type PlanInput } from '../../../plan/plan.js';
import { findDialogues } from '../../../replay/find-dialogues.js';
import { beginReplay, resumeReplay } from '../../../replay/lay-out-replay.js';
import type { PreparedRun } from '../../../runs/holding/start-run.js';
import { carryOut, type RanPlan } from '../../../runs/run-plan.js';
import type { Source } from '../../../store/run-record.js';
import type { RunStore } from '../../../store/run-store.js';
import { interruptible } from '../../interruptible.js';
import { atLeastOne, runId } from '../../option-values.js';
import { note, Progress } from '../../output.js';
import { addPlanFlags, statedFlags } from '../../plan-flags.js';
import { findRun, withStore } from '../../store-option.js';
import { printPairs } from './print-pairs.js';

interface ScenarioFlags extends Readonly<Record<string, unknown>> {
  readonly from?: string;
  readonly atTurn?: number;
  readonly samples: number;
  readonly mode: Source['mode'];
  readonly runId?: string;
  readonly resume?: string;
  readonly json?: boolean;
}

interface Request extends ScenarioFlags {
  readonly scenario: string | undefined;
}

const clock = () => new Date();

/** `replay scenario`. */
export function scenarioCommand(): Command {
  const command = new Command('scenario')
    .description('put an agent through recorded dialogues: same case, persona, wording and seed')
    .argument('[dialogue...]', 'SCENARIO, where it was held once, or SCENARIO/AGENT/REPEAT')
    .option('--from <run>', 'the run that holds them')
    .option(
      '--at-turn <n>',
      'keep the first N turns as they were, and go on from there',
      atLeastOne,
    )
    .option('--samples <k>', 'times each is held: same casting, other sampling', atLeastOne, 1)
    .addOption(
      new Option('--mode <mode>', 'whether the patient answers the agent, or repeats its words')
        .choices(['adaptive', 'scripted'])
        .default('adaptive'),
    )
    .option(
      '--scenario <id>',
      'of a transcript from elsewhere: the case that it is about, where it does not say',
      (value: string) => [value],
    )
    .option('--run-id <id>', 'name of the new run (default: r-DATE-NUMBER)', runId)
    .option('--resume <run>', 'go on with a replay that was cut off')
    .option('--json', 'print as JSON');
  return addPlanFlags(command, [
    ...(['agents', 'agentPrompt', 'judges', 'second', 'policy', 'concurrency'] as const),
    ...(['patient', 'ear', 'seed'] as const),
    ...(['turnTimeout', 'tokenBudget', 'costBudget', 'prices', 'store'] as const),
  ])
    .addHelpText(
      'after',
      `
The new dialogues are a run of their own, which names its source; report, show and replay read it too.
Examples:
  matrix-sim replay scenario H01-D01/late/1 --from r-2026-11-24-1 --agent module:./my-agent.mjs
  matrix-sim replay scenario H01-D01/bot/1 --from r-2026-11-24-1 --agent openai:gpt-5-mini --at-turn 6
  matrix-sim replay scenario H01-D01/bot/1 --from r-2026-11-24-1 --agent openai:gpt-5-mini --samples 5
  matrix-sim replay scenario H01-D01/late/1 --from r-2026-11-24-1 --agent offline:careful --mode scripted
  matrix-sim replay scenario call-17 --from production --scenario H01-D01 --at-turn 4 --agent http:my-bot.yaml`,
    )
    .action(replayScenario);
}

async function replayScenario(names: readonly string[], flags: ScenarioFlags): Promise<void> {
  const { scenarios, ...stated } = statedFlags(flags);
  const scenario = scenarios?.[0];
  await withStore(stated.store ?? DEFAULT_STORE, async (store) => {
    const prepared = await prepare(store, names, stated, { ...flags, scenario });
    const ran = await carryOutWithProgress(store, prepared);
    const isWhole = await printPairs(store, ran, flags.json ?? false);
    const status = isWhole ? EXIT.ok : EXIT.incomplete;
    process.exitCode = ran.interrupted ? EXIT.interrupted : status;
  });
}

async function prepare(
  store: RunStore,
  names: readonly string[],
  stated: PlanInput,
  { from, atTurn, samples, mode, runId: id, resume, scenario }: Request,
): Promise<PreparedRun> {
  const beginning = { clock, logger: createLogger(undefined) };
  if (resume !== undefined) {
    return resumeReplay(store, await findRun(store, resume), stated, beginning);
  }
  if (from === undefined || names.length === 0 || stated.agents === undefined) {
    throw new MatrixError('a replay needs dialogues, the run that holds them, and an agent', {
      mend: 'Write: replay scenario H01-D01/late/1 --from RUN --agent SPEC',
    });
  }
  const run = await findRun(store, from);
  const dialogues = findDialogues(run, names);
  const replay = { run, dialogues, mode, keptTurns: atTurn ?? 0, samples, stated, scenario };
  return beginReplay(store, replay, { ...beginning, id });
}

async function carryOutWithProgress(store: RunStore, prepared: PreparedRun): Promise<RanPlan> {
  const { id, planned } = prepared.record;
  note(`run ${id}`);
  const progress = new Progress(planned, 'replaying');
  const onDialogue = () => progress.step();
  const wayOn = () => `npx matrix-sim replay scenario --resume ${id}`;
  try {
    return await interruptible(
      (interrupts) =>
        carryOut(prepared, {
          ...interrupts,
          store,
          clock,
          logger: createLogger(undefined),
          onDialogue,
        }),
      { wayOn },
    );
  } finally {
    progress.end();
  }
}
