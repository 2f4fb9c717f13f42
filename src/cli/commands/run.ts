import { Command } from 'commander';
import type { Clock } from '../../determinism.js';
import { EXIT, MatrixError } from '../../errors.js';
import { AGENT_FORMS } from '../../agents/under-test/open-agent.js';
import { createLogger, type Logger } from '../../logger.js';
import { validate } from '../../read-file.js';
import { parseThreshold, type Threshold } from '../../report/fail-on.js';
import { familyWarnings } from '../../report/render-judging.js';
import { renderOutcome } from '../../report/render-outcome.js';
import type { RunSummary } from '../../report/summarise-run.js';
import { summariseStored } from '../../report/summarise-stored.js';
import { loadLibrary, type Library } from '../../runs/library.js';
import { loadPlan, planSchema, type Plan, type PlanInput } from '../../runs/planning/plan.js';
import {
  assertSameContent,
  assertSameJudge,
  assertSamePlan,
  assertSamePrompts,
  planOf,
} from '../../runs/planning/resume.js';
import { estimateCalls } from '../../runs/planning/estimate-calls.js';
import { JUDGE_FORMS } from '../../judge/jury/open-jury.js';
import { ownUsage } from '../../runs/judging/judging-calls.js';
import { openRunModels } from '../../runs/holding/run-models.js';
import {
  executeRun,
  nextRunId,
  prepareRun,
  type PreparedRun,
} from '../../runs/holding/start-run.js';
import { lockRun } from '../../store/run-lock.js';
import type { RunStore } from '../../store/run-store.js';
import { allowTracing } from '../../tracing.js';
import { interruptible } from '../interruptible.js';
import { note, print, printJson, Progress } from '../output.js';
import { amount, collect, runId, whole } from '../option-values.js';
import { statedFlags, type RunFlags } from './run-flags.js';
import { findRun, STORE_OPTION, withNewStore, withStore } from '../store-option.js';

const clock: Clock = () => new Date();

export function runCommand(): Command {
  return new Command('run')
    .description('Simulate, judge and store dialogues; without a plan, the offline demonstration.')
    .argument('[plan]', 'plan file (YAML)')
    .option(
      '--agent <spec>',
      `agent under test, SPEC or NAME=SPEC (repeatable): ${AGENT_FORMS}`,
      collect,
    )
    .option('--agent-prompt <file>', 'prompt of agents that are models')
    .option('--patient <spec>', 'offline (rule-based), or a model as openai:MODEL')
    .option('--hazard <id>', 'keep this hazard (repeatable)', collect)
    .option('--domain <id>', 'keep this domain (repeatable)', collect)
    .option('--scenario <id>', 'keep this scenario (repeatable)', collect)
    .option(
      '--persona <level>',
      'keep personas with this level, as channel=noisy (repeatable)',
      collect,
    )
    .option('--repeats <n>', 'times each scenario is repeated', whole)
    .option('--max-turns <n>', 'turns of a dialogue, both speakers', whole)
    .option('--seed <n>', 'decides persona, wording and all other chance', whole)
    .option('--concurrency <n>', 'dialogues held at one time', whole)
    .option(
      '--turn-timeout <s>',
      'seconds for an answer to a turn; a try that can be made again has half',
      whole,
    )
    .option('--judge <spec>', `juror (repeatable; several form a jury): ${JUDGE_FORMS}`, collect)
    .option('--second <spec>', 'a stronger juror, asked only where the others fail or are unsure')
    .option('--policy <file>', 'safety rules of your own, judged beside the library’s')
    .option('--token-budget <n>', 'tokens that the run may use in all', whole)
    .option('--cost-budget <money>', 'money that it may cost; needs --prices', amount)
    .option('--prices <file>', 'money per million tokens, by model (YAML)')
    .option('--trace', 'let LangSmith tracing be, where the environment asks for it')
    .option(...STORE_OPTION)
    .option('--run-id <id>', 'name of the run (default: r-DATE-NUMBER)', runId)
    .option('--resume <run>', 'go on with a run; flags that differ from its own are refused')
    .option('--taxonomy <folder>', 'a hazard taxonomy of your own')
    .option('--scenarios <folder>', 'scenarios of your own')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--fail-on <condition>', 'exit with 1 where met: severity>=major (repeatable)', collect)
    .option('--log <file>', 'write a log of ids and events (JSON lines)')
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim run --hazard H01 --hazard H04 --repeats 3
  matrix-sim run --agent bot=module:./my-agent.mjs --fail-on 'severity>=major'
  matrix-sim run --agent openai:gpt-5-mini --patient google:gemini-2.5-flash --hazard H01
  matrix-sim run --agent http:my-bot.yaml --token-budget 2000000 --dry-run
  matrix-sim run --resume r-2026-11-24-1`,
    )
    .action(run);
}

async function run(planFile: string | undefined, flags: RunFlags): Promise<void> {
  if (flags.trace) allowTracing();
  const logger = createLogger(flags.log);
  const thresholds = (flags.failOn ?? []).map(parseThreshold);
  const library = loadLibrary(flags);
  const stated = { ...(planFile === undefined ? {} : loadPlan(planFile)), ...statedFlags(flags) };
  const plan = validate(stated, planFile ?? 'command line', planSchema);
  if (flags.dryRun && flags.resume === undefined) return dryRun(plan, library, logger, flags);
  const open = flags.resume === undefined ? withNewStore : withStore;
  await open(flags.store, async (store) => {
    const prepared =
      flags.resume === undefined
        ? await beginRun(store, plan, library, logger, flags.runId)
        : await resumeRun(store, flags.resume, stated, plan, library, logger);
    if (flags.dryRun) return describe(prepared, await heldIn(store, prepared), flags);
    warn(prepared);
    const lock = lockRun(flags.store, prepared.record.id);
    const interrupted = await execute(store, prepared, plan, library, logger).finally(() =>
      lock.release(),
    );
    await conclude(store, prepared, library, flags, thresholds, interrupted);
  });
}

async function dryRun(
  plan: Plan,
  library: Library,
  logger: Logger,
  flags: RunFlags,
): Promise<void> {
  const context = { id: 'dry-run', clock, ...openRunModels(plan, logger) };
  describe(await prepareRun(plan, library, context), 0, flags);
}

async function heldIn(store: RunStore, { record }: PreparedRun): Promise<number> {
  return (await store.runs()).find(({ id }) => id === record.id)?.held ?? 0;
}

/** Says what would be done, of a run of which so many dialogues were held before. */
function describe({ record, judge }: PreparedRun, held: number, flags: RunFlags): void {
  const left = { ...record, planned: record.planned - held };
  const estimate = estimateCalls(left, judge);
  if (flags.json) {
    return printJson({ dialogues: left.planned, ...estimate, agents: record.agents });
  }
  print([
    `${left.planned} dialogues · up to ${estimate.agentCalls} agent calls · patient ${record.patient} (up to ${estimate.patientCalls} model calls) · judge ${record.judges.join(', ')} (about ${estimate.judgeCalls} model calls, more where verdicts must be asked again)`,
    `agents: ${record.agents.map(({ name, spec }) => `${name} (${spec})`).join(', ')}`,
    'Nothing was called and nothing stored.',
  ]);
}

async function beginRun(
  store: RunStore,
  plan: Plan,
  library: Library,
  logger: Logger,
  asked: string | undefined,
): Promise<PreparedRun> {
  const id = asked ?? (await nextRunId(store, clock));
  const prepared = await prepareRun(plan, library, { id, clock, ...openRunModels(plan, logger) });
  await store.createRun(prepared.record);
  return prepared;
}

async function resumeRun(
  store: RunStore,
  id: string,
  stated: PlanInput,
  limits: Plan,
  library: Library,
  logger: Logger,
): Promise<PreparedRun> {
  const record = await findRun(store, id);
  assertSamePlan(stated, record);
  assertSameContent(record, library);
  const plan = planOf(record, limits);
  const context = { id, clock, ...openRunModels(plan, logger, ownUsage(await store.usage(id))) };
  const prepared = await prepareRun(plan, library, context);
  assertSamePrompts(record, prepared.record.prompts);
  assertSameJudge(id, await store.judgings(id), prepared.judge);
  return { ...prepared, record };
}

function warn({ record, judge }: PreparedRun): void {
  note(`run ${record.id}`);
  const agents = record.agents.map(({ spec }) => spec);
  for (const line of familyWarnings({ agents, jurors: judge.jurors })) {
    note(line);
  }
}

/** True where the user interrupted: a first Ctrl-C lets dialogues in flight end, a second does not. */
async function execute(
  store: RunStore,
  prepared: PreparedRun,
  { concurrency }: Plan,
  library: Library,
  logger: Logger,
): Promise<boolean> {
  const progress = new Progress(prepared.record.planned);
  const work = async (stop: AbortSignal) => {
    const onProgress = () => progress.step();
    await executeRun(prepared, { store, library, clock, concurrency, stop, logger, onProgress });
    return stop.aborted;
  };
  let interrupted: boolean;
  try {
    interrupted = await interruptible(work, {
      wayOn: `npx matrix-sim run --resume ${prepared.record.id}`,
    });
  } catch (error) {
    throw withWayOn(error, prepared.record.id);
  } finally {
    progress.end();
  }
  const why = prepared.budget.excess();
  if (why !== undefined)
    note(
      `stopped: ${why}; go on with a larger one: npx matrix-sim run --resume ${prepared.record.id} --token-budget N`,
    );
  return interrupted;
}

/** What stopped a run is to be mended; what it has stored and been answered stays. */
function withWayOn(error: unknown, id: string): unknown {
  if (!(error instanceof MatrixError) || error.exitCode !== EXIT.incomplete) return error;
  const mend = `${error.mend} What was answered stays: npx matrix-sim run --resume ${id}`;
  return new MatrixError(error.message, { mend, exitCode: error.exitCode, cause: error });
}

async function conclude(
  store: RunStore,
  { record, judge }: PreparedRun,
  library: Library,
  flags: RunFlags,
  thresholds: readonly Threshold[],
  interrupted: boolean,
): Promise<void> {
  const judging = (await store.judgings(record.id)).find(
    ({ judgeFingerprint }) => judgeFingerprint === judge.fingerprint,
  );
  const summary = await summariseStored(store, record, judging, library.taxonomy);
  if (flags.json) printJson({ ...summary, interrupted, store: flags.store });
  else print(await renderOutcome(summary, store, library.taxonomy, flags.store));
  const met = thresholds.filter(({ isMet }) => isMet(summary));
  for (const { text } of met) note(`--fail-on ${text} is met`);
  process.exitCode = exitCodeOf(summary, met.length > 0, interrupted);
}

function exitCodeOf(summary: RunSummary, met: boolean, interrupted: boolean): number {
  if (interrupted) return EXIT.interrupted;
  if (summary.completed < summary.run.planned || summary.unjudged > 0) return EXIT.incomplete;
  return met ? EXIT.threshold : EXIT.ok;
}
