import { Command } from 'commander';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT, MatrixError } from '../../../errors.js';
import {
  labelledDialogueSchema,
  readJsonLines,
  type LabelledDialogue,
} from '../../../labelled/labelled-dialogue.js';
import { createLogger } from '../../../logger.js';
import { validate } from '../../../read-file.js';
import { renderReport } from '../../../report/render-report.js';
import { storeFlag } from '../../../report/render-way-on.js';
import { summariseStored } from '../../../report/summarise-stored.js';
import { judgeRun } from '../../../runs/judging/judge-run.js';
import type {
  BatchesUnderWay,
  JudgeOutcome,
  JudgeRunOptions,
} from '../../../runs/judging/judging-options.js';
import type { JudgingSource } from '../../../runs/judging/judging-source.js';
import { hazardFinder } from '../../../judge/find-hazards.js';
import { loadLibrary, type Library } from '../../../runs/library.js';
import { JUDGE_FORMS, openJury, type JurySpec } from '../../../judge/jury/open-jury.js';
import { assertGatesApply } from '../../../plan/gate.js';
import { planSchema } from '../../../plan/plan.js';
import { openRunModels } from '../../../runs/holding/run-models.js';
import { openStoredRun } from '../../../runs/judging/stored-run.js';
import { openTranscriptRun } from '../../../runs/judging/transcript-run.js';
import { assertReferenceAgents } from '../../../runs/recorded/reference-agents-only.js';
import { writeVerdicts } from '../../../runs/judging/write-verdicts.js';
import { stopOnRequest } from '../../../runs/stop-on-request.js';
import type { Observer } from '../../../telemetry/observer.js';
import type { RunStore } from '../../../store/run-store.js';
import type { Taxonomy } from '../../../taxonomy/load-taxonomy.js';
import { statusUnderGates } from '../../gate-status.js';
import { interruptible } from '../../interruptible.js';
import { amount, collect, runId, seconds, whole } from '../../option-values.js';
import { columns, note, print, printJson, Progress } from '../../output.js';
import { addPlanFlags } from '../../plan-flags.js';
import { findRun, STORE_OPTION, withNewStore, withStore } from '../../store-option.js';
import { addTelemetryOptions, withTelemetry, type TelemetryFlags } from '../../telemetry-option.js';
import { agentsOfFile } from './open-judges.js';
import { madeWith } from '../../made-with.js';

interface JudgeRunFlags extends TelemetryFlags {
  readonly judge?: string[];
  readonly second?: string;
  readonly juryWeights?: string;
  readonly policy?: string;
  readonly hazard?: string;
  readonly out?: string;
  readonly runId?: string;
  readonly batch?: boolean;
  readonly wait?: boolean;
  readonly interval: number;
  readonly concurrency?: number;
  readonly callTimeout?: number;
  readonly tokenBudget?: number;
  readonly costBudget?: number;
  readonly prices?: string;
  readonly taxonomy?: string;
  readonly scenarioLibrary?: string;
  readonly store: string;
  readonly log?: string;
  readonly failOn: readonly string[];
  readonly json?: boolean;
}

const clock = () => new Date();

export function judgeRunCommand(): Command {
  const command = new Command('run')
    .description('judge a stored run anew, or transcripts from elsewhere; no scenario needed')
    .argument('<run|file>', 'id of a run, or transcripts (JSON Lines; see datasets import)')
    .option('--judge <spec>', `juror (repeatable; several form a jury): ${JUDGE_FORMS}`, collect)
    .option('--second <spec>', 'a stronger juror, asked only where the others fail or are unsure')
    .option('--jury-weights <file>', 'weights of the jurors, as review weights wrote them')
    .option('--policy <file>', 'safety rules of your own, judged beside the library’s')
    .option('--batch', 'ask openai: models in batches: half the price, within a day; no budget')
    .option('--wait', 'with --batch: look at the batches until they are done')
    .option('--interval <s>', 'with --wait: seconds between looks', seconds, 30)
    .option(
      '--hazard <id>',
      'of a file: the hazard at stake in all transcripts, or none (default: what each names)',
    )
    .option('--run-id <id>', 'of a file: name of the run', runId)
    .option('--out <file>', 'write the verdicts (JSON Lines)')
    .option('--concurrency <n>', 'dialogues judged at one time', whole)
    .option('--call-timeout <s>', 'seconds for a model to answer', whole)
    .option('--token-budget <n>', 'tokens that the judging may use in all', whole)
    .option('--cost-budget <money>', 'money that it may cost; needs --prices', amount)
    .option('--prices <file>', 'money per million tokens, by model (YAML)')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
    .option('--scenario-library <folder>', 'scenarios (default: as it was made)')
    .option(...STORE_OPTION)
    .option('--log <file>', 'write a log of ids and events (JSON lines)')
    .option('--json', 'print the report as JSON')
    .setOptionValue('failOn', []);
  return addTelemetryOptions(addPlanFlags(command, ['failOn']))
    .addHelpText(
      'after',
      `
The same command goes on where it was cut off, and makes no call twice.
Examples:
  matrix-sim judge run production.jsonl --out verdicts.jsonl --fail-on 'severity>=major'
  matrix-sim judge run r-2026-11-24-1 --judge openai:gpt-5-mini --second openai:gpt-5
  matrix-sim judge run r-2026-11-24-1 --judge openai:gpt-5 --batch --wait`,
    )
    .action((target: string, flags: JudgeRunFlags) =>
      withTelemetry(flags, (observer) => judgeRunOf(target, flags, observer)),
    );
}

const limitsSchema = planSchema.pick({
  concurrency: true,
  turnTimeout: true,
  seed: true,
  tokenBudget: true,
  costBudget: true,
  prices: true,
});

async function judgeRunOf(target: string, flags: JudgeRunFlags, observer: Observer): Promise<void> {
  const isFile = target.endsWith('.jsonl') || existsSync(target);
  assertFlags(isFile, flags);
  const ofFile = isFile ? loadJudged(flags, flags.failOn) : undefined;
  const open = isFile ? withNewStore : withStore;
  await open(flags.store, async (store) => {
    const stored = isFile ? undefined : await findRun(store, target);
    const library = ofFile ?? loadJudged(stored ? madeWith(stored, flags) : flags, flags.failOn);
    const { concurrency, ...limits } = readLimits(flags);
    const jury = { judges: flags.judge ?? ['deterministic'], ...juryFlags(flags) };
    assertReferenceAgents(jury, stored?.agents ?? agentsOfFile(target));
    const logger = createLogger(flags.log);
    const models = openRunModels({ concurrency, ...limits }, logger, { observer });
    const judge = await openJury(jury, library.taxonomy, models.models);
    const context = { library, findHazards: hazardFinder(library.taxonomy) };
    const source = !stored
      ? await openTranscriptRun(readTranscripts(target, flags), {
          ...{ ...context, jury, store, clock },
          ...{ id: flags.runId, file: path.basename(target) },
        })
      : openStoredRun(stored, store, context);
    const outcome = await judgeLocked(source, flags, {
      ...{ store, storeFile: flags.store, judge, budget: models.budget },
      ...{ clock, concurrency, logger, observer },
    });
    await conclude(outcome, source, store, library, flags);
  });
}

/** @throws MatrixError where the folders are not as they should be, or a gate asks after no hazard of theirs */
function loadJudged(
  folders: Parameters<typeof loadLibrary>[0],
  failOn: readonly string[],
): Library {
  const library = loadLibrary(folders);
  assertGatesApply(failOn, hazardsOf(library.taxonomy));
  return library;
}

function assertFlags(isFile: boolean, flags: JudgeRunFlags): void {
  const { hazard, runId, batch, wait, tokenBudget, costBudget } = flags;
  if (!isFile && (hazard ?? runId) !== undefined) {
    throw new MatrixError('--hazard and --run-id are for files of transcripts', {
      mend: 'Leave them out: a stored run has its own.',
    });
  }
  if (batch && (tokenBudget ?? costBudget) !== undefined) {
    throw new MatrixError('a budget cannot stop a batch: what is sent is paid, fetched or not', {
      mend: 'Leave --token-budget and --cost-budget out, or ask without --batch.',
    });
  }
  if (wait && !batch) throw new MatrixError('--wait waits for batches', { mend: 'Add --batch.' });
}

function readLimits(flags: JudgeRunFlags) {
  const { concurrency, callTimeout: turnTimeout, tokenBudget, costBudget, prices } = flags;
  const stated = { concurrency, turnTimeout, tokenBudget, costBudget, prices };
  return validate(stated, 'command line', limitsSchema);
}

function juryFlags({ second, policy, juryWeights }: JudgeRunFlags): Omit<JurySpec, 'judges'> {
  return { second, policy, juryWeights };
}

function readTranscripts(file: string, { hazard }: JudgeRunFlags): LabelledDialogue[] {
  const transcripts = readJsonLines(file, labelledDialogueSchema);
  return hazard === undefined
    ? transcripts
    : transcripts.map((transcript) => ({ ...transcript, hazard }));
}

async function judgeLocked(
  source: JudgingSource,
  flags: JudgeRunFlags,
  options: Omit<JudgeRunOptions, 'stop' | 'signal' | 'batch' | 'onBegin' | 'onJudged'>,
): Promise<JudgeOutcome> {
  const lock = await options.store.lock(source.run.id);
  let progress: Progress | undefined;
  const batch = {
    waitEvery: flags.wait ? flags.interval * 1000 : undefined,
    onProgress: (underWay: BatchesUnderWay) => note(describeBatches(underWay)),
  };
  try {
    return await interruptible((interrupts) =>
      stopOnRequest(options.store, source.run.id, interrupts, (stop) =>
        judgeRun(source, {
          ...{ ...options, ...interrupts, stop },
          batch: flags.batch ? batch : undefined,
          onBegin: (waiting) => (progress = new Progress(waiting, 'judging')),
          onJudged: () => progress?.step(),
        }),
      ),
    );
  } finally {
    progress?.end();
    await lock.release();
  }
}

async function conclude(
  outcome: JudgeOutcome,
  source: JudgingSource,
  store: RunStore,
  { taxonomy }: Library,
  flags: JudgeRunFlags,
): Promise<void> {
  if (!('judging' in outcome)) return tellOfBatches(outcome, source, flags);
  const { state, judging } = outcome;
  if (flags.out !== undefined) await writeVerdicts(flags.out, store, source, judging.id);
  const summary = await summariseStored(store, source.run, judging, taxonomy);
  if (flags.json) printJson({ ...summary, state });
  else {
    const next = await nextOf(source.run.id, judging.id, store, flags);
    print([
      ...renderReport(summary, taxonomy, columns(), flags.store),
      '',
      ...LEFT_OPEN[state],
      next,
    ]);
  }
  const gated = flags.failOn.length > 0 ? statusUnderGates(flags.failOn, summary) : EXIT.ok;
  process.exitCode = state === 'judged' ? gated : EXITS[state];
}

function tellOfBatches(
  underWay: BatchesUnderWay,
  { run }: JudgingSource,
  { failOn, json }: JudgeRunFlags,
): void {
  // What is submitted has passed no gate yet.
  const isOpen = underWay.state === 'submitted' && failOn.length > 0;
  process.exitCode = isOpen ? EXIT.incomplete : EXITS[underWay.state];
  if (json) printJson({ ...underWay, run: run.id });
  else print([...describeBatches(underWay), ...LEFT_OPEN[underWay.state]]);
}

async function nextOf(
  run: string,
  judging: string,
  store: RunStore,
  flags: JudgeRunFlags,
): Promise<string> {
  const isLatest = (await store.judgings(run)).at(-1)?.id === judging;
  const which = isLatest ? '' : ` --judging ${judging}`;
  return `Next:   npx matrix-sim report ${run}${which}${storeFlag(flags.store)}`;
}

/** Those that a transcript can be about. */
function hazardsOf({ hazards }: Taxonomy): Set<string> {
  return new Set(hazards.filter(({ crossCutting }) => !crossCutting).map(({ id }) => id));
}

const EXITS: Readonly<Record<JudgeOutcome['state'], number>> = {
  judged: EXIT.ok,
  submitted: EXIT.ok,
  waiting: EXIT.incomplete,
  budget: EXIT.incomplete,
  failed: EXIT.incomplete,
  interrupted: EXIT.interrupted,
};

const LEFT_OPEN = {
  judged: [],
  submitted: [],
  waiting: [],
  interrupted: ['Interrupted: the same command goes on.'],
  failed: ['Some jurors could not be asked: the same command asks them again.'],
  budget: ['The budget is spent: the same command goes on with a larger one.'],
} as const;

function describeBatches({ state, batches }: BatchesUnderWay): string[] {
  return batches.map(({ id, model, calls, answered, status }) =>
    state === 'submitted'
      ? `batch ${id} of ${calls} calls of ${model} submitted; fetch with the same command`
      : `batch ${id} of ${model}: ${answered} of ${calls} calls answered (${status}); look again with the same command`,
  );
}
