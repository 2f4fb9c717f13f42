import { Command, InvalidArgumentError } from 'commander';
import type { Clock } from '../../determinism.js';
import { EXIT } from '../../errors.js';
import { createLogger } from '../../logger.js';
import { validate } from '../../read-yaml.js';
import { parseThreshold, type Threshold } from '../../report/fail-on.js';
import { renderOutcome } from '../../report/render-outcome.js';
import type { RunSummary } from '../../report/summarise-run.js';
import { summariseStored } from '../../report/summarise-stored.js';
import { deterministicJudge, loadLibrary, type Library } from '../../runs/library.js';
import { loadPlan, planSchema, type Plan, type PlanInput } from '../../runs/plan.js';
import { assertSameContent, assertSameJudge, assertSamePlan, planOf } from '../../runs/resume.js';
import { executeRun, nextRunId, prepareRun, type PreparedRun } from '../../runs/start-run.js';
import type { RunRecord } from '../../store/run-record.js';
import { lockRun } from '../../store/run-lock.js';
import type { RunStore } from '../../store/run-store.js';
import { print, printJson, Progress } from '../output.js';
import { findRun, STORE_OPTION, withNewStore, withStore } from '../store-option.js';

interface RunFlags {
  readonly agent?: string[];
  readonly hazard?: string[];
  readonly domain?: string[];
  readonly scenario?: string[];
  readonly persona?: string[];
  readonly repeats?: number;
  readonly maxTurns?: number;
  readonly seed?: number;
  readonly concurrency?: number;
  readonly turnTimeout?: number;
  readonly store: string;
  readonly runId?: string;
  readonly resume?: string;
  readonly taxonomy?: string;
  readonly scenarios?: string;
  readonly dryRun?: boolean;
  readonly failOn?: string[];
  readonly log?: string;
  readonly json?: boolean;
}

const clock: Clock = () => new Date();

export function runCommand(): Command {
  return new Command('run')
    .description('Simulate, judge and store dialogues; without a plan, the offline demonstration.')
    .argument('[plan]', 'plan file (YAML)')
    .option('--agent <spec>', 'agent under test, SPEC or NAME=SPEC (repeatable)', collect)
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
    .option('--turn-timeout <s>', 'seconds for an agent to answer a turn', whole)
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
  matrix-sim run --resume r-2026-11-24-1`,
    )
    .action(run);
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function whole(value: string): number {
  if (!/^-?\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}

function runId(value: string): string {
  if (/^[\w.-]+$/.test(value)) return value;
  throw new InvalidArgumentError('Use letters, digits, dots, dashes and underscores.');
}

async function run(planFile: string | undefined, flags: RunFlags): Promise<void> {
  const thresholds = (flags.failOn ?? []).map(parseThreshold);
  const library = loadLibrary(flags);
  const stated = { ...(planFile === undefined ? {} : loadPlan(planFile)), ...statedFlags(flags) };
  const plan = validate(stated, planFile ?? 'command line', planSchema);
  if (flags.dryRun) return dryRun(plan, library, flags.json ?? false);
  const open = flags.resume === undefined ? withNewStore : withStore;
  await open(flags.store, async (store) => {
    const prepared =
      flags.resume === undefined
        ? await beginRun(store, plan, library, flags.runId)
        : await resumeRun(store, flags.resume, stated, plan, library);
    const lock = lockRun(flags.store, prepared.record.id);
    const interrupted = await execute(store, prepared, plan, library, flags.log).finally(() =>
      lock.release(),
    );
    await conclude(store, prepared.record, library, flags, thresholds, interrupted);
  });
}

function statedFlags(flags: RunFlags): PlanInput {
  const plan = {
    agents: flags.agent,
    hazards: flags.hazard,
    domains: flags.domain,
    scenarios: flags.scenario,
    personas: flags.persona,
    repeats: flags.repeats,
    maxTurns: flags.maxTurns,
    seed: flags.seed,
    concurrency: flags.concurrency,
    turnTimeout: flags.turnTimeout,
  };
  return Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined));
}

async function dryRun(plan: Plan, library: Library, json: boolean): Promise<void> {
  const { record } = await prepareRun(plan, library, { id: 'dry-run', clock });
  const calls = record.planned * Math.ceil(record.maxTurns / 2);
  if (json)
    return printJson({ dialogues: record.planned, agentCalls: calls, agents: record.agents });
  print([
    `${record.planned} dialogues · up to ${calls} agent calls · patient offline (0 model calls) · judge deterministic (0 model calls)`,
    `agents: ${record.agents.map(({ name, spec }) => `${name} (${spec})`).join(', ')}`,
    'Nothing was called and nothing stored.',
  ]);
}

async function beginRun(
  store: RunStore,
  plan: Plan,
  library: Library,
  id: string | undefined,
): Promise<PreparedRun> {
  const prepared = await prepareRun(plan, library, {
    id: id ?? (await nextRunId(store, clock)),
    clock,
  });
  await store.createRun(prepared.record);
  return prepared;
}

async function resumeRun(
  store: RunStore,
  id: string,
  stated: PlanInput,
  plan: Plan,
  library: Library,
): Promise<PreparedRun> {
  const record = await findRun(store, id);
  assertSamePlan(stated, record);
  assertSameContent(record, library);
  assertSameJudge(id, await store.judgings(id), deterministicJudge(library.taxonomy));
  const prepared = await prepareRun(planOf(record, plan), library, { id, clock });
  return { ...prepared, record };
}

/** True where the user interrupted: a first Ctrl-C lets dialogues in flight end, a second does not. */
async function execute(
  store: RunStore,
  prepared: PreparedRun,
  { concurrency, turnTimeout }: Plan,
  library: Library,
  log: string | undefined,
): Promise<boolean> {
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    stop.abort();
    process.stderr.write('\nfinishing what is in flight; Ctrl-C again to stop at once\n');
  };
  process.on('SIGINT', interrupt);
  const progress = new Progress(prepared.record.planned);
  try {
    await executeRun(prepared, {
      store,
      library,
      clock,
      concurrency,
      turnTimeout,
      judge: deterministicJudge(library.taxonomy),
      stop: stop.signal,
      logger: createLogger(log),
      onProgress: () => progress.step(),
    });
  } finally {
    progress.end();
    process.off('SIGINT', interrupt);
  }
  return stop.signal.aborted;
}

async function conclude(
  store: RunStore,
  record: RunRecord,
  library: Library,
  flags: RunFlags,
  thresholds: readonly Threshold[],
  interrupted: boolean,
): Promise<void> {
  const judging = (await store.judgings(record.id)).at(-1);
  const summary = await summariseStored(store, record, judging, library.taxonomy);
  if (flags.json) printJson({ ...summary, interrupted, store: flags.store });
  else print(await renderOutcome(summary, store, library.taxonomy, flags.store));
  process.exitCode = exitCodeOf(summary, thresholds, interrupted);
}

function exitCodeOf(
  summary: RunSummary,
  thresholds: readonly Threshold[],
  interrupted: boolean,
): number {
  if (interrupted) return EXIT.interrupted;
  if (summary.completed < summary.run.planned) return EXIT.incomplete;
  return thresholds.some((isMet) => isMet(summary)) ? EXIT.threshold : EXIT.ok;
}
