import { Command, Option } from 'commander';
import type { Clock } from '../../determinism.js';
import { EXIT, MatrixError } from '../../errors.js';
import { createLogger } from '../../logger.js';
import { planSchema, type PlanInput } from '../../plan/plan.js';
import { readPlan } from '../../plan/read-plan.js';
import { validate } from '../../read-file.js';
import { familyWarnings } from '../../report/render-judging.js';
import { layOutRun, resumeRun } from '../../runs/holding/begin-run.js';
import { type PreparedRun } from '../../runs/holding/start-run.js';
import { assertHeldWhole, assertShareable } from '../../queue/assert-shareable.js';
import { loadLibrary } from '../../runs/library.js';
import { runPlan, type RanPlan, type RunPlanOptions } from '../../runs/run-plan.js';
import { estimateCalls } from '../../runs/planning/estimate-calls.js';
import type { RunStore } from '../../store/run-store.js';
import { allowTracing } from '../../tracing.js';
import { concludeRun, type ConclusionFlags } from '../conclude-run.js';
import { enqueue } from '../enqueue.js';
import { interruptible } from '../interruptible.js';
import { JUNIT_OPTION, junitUndecidedOption } from '../junit-option.js';
import { runId } from '../option-values.js';
import { note, print, printJson, Progress } from '../output.js';
import { addPlanFlags, statedFlags } from '../plan-flags.js';
import { withNewStore, withStore } from '../store-option.js';
import { addTelemetryOptions, withTelemetry, type TelemetryFlags } from '../telemetry-option.js';
import { watch } from '../watch.js';

const clock: Clock = () => new Date();

/** Of the command alone; those of the plan are read by {@link statedFlags}. */
interface RunFlags extends ConclusionFlags, TelemetryFlags, Readonly<Record<string, unknown>> {
  readonly runId?: string;
  readonly resume?: string;
  readonly enqueue?: boolean;
  readonly watch?: string;
  readonly dryRun?: boolean;
  readonly trace?: boolean;
  readonly log?: string;
}

export function runCommand(): Command {
  const command = addPlanFlags(new Command('run'))
    .description('Simulate, judge and store dialogues; without a plan, the offline demonstration.')
    .argument('[plan]', 'plan file (YAML); flags come before what stands in it')
    .option('--run-id <id>', 'name of the run (default: r-DATE-NUMBER)', runId)
    .option('--resume <run>', 'go on with a run; flags that differ from its own are refused')
    .option(
      '--enqueue',
      'queue the dialogues for workers (matrix-sim worker) instead of holding them',
    )
    .addOption(
      new Option(
        '--watch <run>',
        'show how far workers are with a run, and its report at its end',
      ).conflicts(['resume', 'enqueue', 'runId', 'dryRun']),
    )
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--trace', 'let LangSmith tracing be, where the environment asks for it')
    .option('--log <file>', 'write a log of ids and events (JSON lines)')
    .option(...JUNIT_OPTION)
    .addOption(junitUndecidedOption())
    .option('--json', 'print the summary as JSON');
  return addTelemetryOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim run --hazard H01 --hazard H04 --repeats 3
  matrix-sim run --agent bot=module:./my-agent.mjs --fail-on 'severity>=major'
  matrix-sim run --agent openai:gpt-5-mini --patient google:gemini-2.5-flash --hazard H01
  matrix-sim run --agent http:my-bot.yaml --token-budget 2000000 --dry-run
  matrix-sim run --agent openai:gpt-5-mini --no-judge
  matrix-sim run --resume r-2026-11-24-1
  matrix-sim run plan.yaml --store postgres://me@db.example/runs --enqueue
  matrix-sim run --watch r-2026-11-24-1 --store postgres://me@db.example/runs`,
    )
    .action(run);
}

async function run(planFile: string | undefined, flags: RunFlags): Promise<void> {
  if (flags.trace) allowTracing();
  const { resume } = flags;
  const beginning = { clock, logger: createLogger(flags.log) };
  const stated = { ...(planFile === undefined ? {} : readPlan(planFile)), ...statedFlags(flags) };
  const plan = validate(stated, planFile ?? 'command line', planSchema);
  if (flags.dryRun && resume === undefined) {
    return describe(await layOutRun(plan, loadLibrary(plan), 'dry-run', beginning), 0, flags);
  }
  if (flags.enqueue || flags.watch !== undefined) assertShareable(plan.store);
  if (flags.enqueue) assertHeldWhole(plan);
  if (flags.watch !== undefined) {
    return withStore(plan.store, (store) => watch(store, flags.watch ?? '', stated, flags));
  }
  const open = resume === undefined ? withNewStore : withStore;
  await open(plan.store, async (store) => {
    const anew = { ...stated, store: plan.store };
    if (flags.dryRun && resume !== undefined) {
      const prepared = await resumeRun(store, resume, anew, beginning);
      return describe(prepared, await heldIn(store, prepared), flags);
    }
    if (flags.enqueue) {
      return enqueue(anew, { ...beginning, store, resume, id: flags.runId, json: flags.json });
    }
    const begun = performance.now();
    const ran = await withTelemetry(flags, (observer) =>
      carryOut(anew, { ...beginning, store, resume, id: flags.runId, observer }),
    );
    await concludeRun(store, ran, flags, (performance.now() - begun) / 1000);
  });
}

async function heldIn(store: RunStore, { record }: PreparedRun): Promise<number> {
  return (await store.runs()).find(({ id }) => id === record.id)?.held ?? 0;
}

/** Says what would be done, of a run of which so many dialogues were held before. */
function describe({ record, judge }: PreparedRun, held: number, flags: RunFlags): void {
  const left = { plan: record.plan, planned: record.planned - held };
  const { agentCalls, patientCalls, judgeCalls } = estimateCalls(left, judge);
  if (flags.json) {
    const { agents } = record;
    return printJson({ dialogues: left.planned, agentCalls, patientCalls, judgeCalls, agents });
  }
  print([
    `${record.sampling ? 'up to ' : ''}${left.planned} dialogues · up to ${agentCalls} agent calls · patient ${record.plan.patient} (up to ${patientCalls} model calls) · judge ${record.plan.judges.join(', ') || 'none'} (about ${judgeCalls} model calls, more where verdicts must be asked again)`,
    `agents: ${record.agents.map(({ name, spec }) => `${name} (${spec})`).join(', ')}`,
    'Nothing was called and nothing stored.',
  ]);
}

function warn({ record, judge }: PreparedRun): void {
  note(`run ${record.id}`);
  const agents = record.agents.map(({ spec }) => spec);
  for (const line of familyWarnings({ agents, jurors: judge?.jurors ?? [] })) {
    note(line);
  }
}

/** Carries out a plan with progress on stderr, until Ctrl-C or its end. */
export async function carryOut(plan: PlanInput, options: RunPlanOptions): Promise<RanPlan> {
  let id = '';
  let progress: Progress | undefined;
  const onBegin = (prepared: PreparedRun) => {
    warn(prepared);
    id = prepared.record.id;
    progress = new Progress(prepared.record.planned);
  };
  const onDialogue = () => progress?.step();
  try {
    const ran = await interruptible(
      (interrupts) => runPlan(plan, { ...options, ...interrupts, onBegin, onDialogue }),
      { wayOn: () => `npx matrix-sim run --resume ${id}` },
    );
    if (ran.excess !== undefined) {
      note(
        `stopped: ${ran.excess}; go on with a larger one: npx matrix-sim run --resume ${id} --token-budget N`,
      );
    }
    return ran;
  } catch (error) {
    throw id === '' ? error : withWayOn(error, id);
  } finally {
    progress?.end();
  }
}

/** What stopped a run is to be mended; what it has stored and been answered stays. */
function withWayOn(error: unknown, id: string): unknown {
  if (!(error instanceof MatrixError) || error.exitCode !== EXIT.incomplete) return error;
  const mend = `${error.mend} What was answered stays: npx matrix-sim run --resume ${id}`;
  return new MatrixError(error.message, { mend, exitCode: error.exitCode, cause: error });
}
