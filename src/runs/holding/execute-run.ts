import type { Clock } from '../../determinism.js';
import type { Logger } from '../../logger.js';
import type { Attempt } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import {
  UNOBSERVED,
  watched,
  type Observer,
  type RunObservation,
} from '../../telemetry/observer.js';
import { inParallel } from '../in-parallel.js';
import { judgeDialogue, type JudgingUnderWay } from '../judging/judge-dialogue.js';
import { openJudging } from '../judging/judging-of.js';
import { judgedDialogueOf } from '../judging/judging-source.js';
import type { Job } from '../planning/plan-run.js';
import { holdJob, type HoldingOptions } from './hold-job.js';
import { openSampledJobs } from './sampled-jobs.js';
import type { PreparedRun } from './start-run.js';

export interface RunProgress {
  readonly job: Job;
  /** Undefined where the dialogue was held before. */
  readonly attempt: Attempt | undefined;
}

export interface ExecuteOptions {
  readonly store: RunStore;
  readonly clock: Clock;
  /** Dialogues held at one time, at least 1. */
  readonly concurrency: number;
  /** Once aborted no further dialogue is begun; those in flight are finished and stored. */
  readonly stop: AbortSignal;
  /** Ends calls in flight with its reason; what they were answered before is kept. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly onProgress: (progress: RunProgress) => void;
  readonly observer?: Observer | undefined;
}

/**
 * Holds all dialogues of a run that is in the store, and has each judged as it ends, unless the run is
 * left unjudged. A plan that stops early holds what its sampler hands out.
 * @throws MatrixError where all further calls would fail; those in flight are ended
 */
export async function executeRun(run: PreparedRun, options: ExecuteOptions): Promise<void> {
  const observed = (options.observer ?? UNOBSERVED).run(run.record.id, 'run');
  await watched(observed, () => holdAll(run, options, observed));
}

async function holdAll(
  run: PreparedRun,
  options: ExecuteOptions,
  observed: RunObservation,
): Promise<void> {
  const { store, clock, stop, onProgress } = options;
  const { judge, budget, library, record } = run;
  const judging = judge && (await openJudging(store, record.id, judge, clock));
  const { maxTurns } = record.plan;
  const all = { ...run, ...options, run: record.id, phrases: library.phrases, maxTurns, observed };
  const work = async (job: Job, signal: AbortSignal) => {
    const holding = { ...all, signal };
    const judged = judge && judging && { ...holding, judge, judging };
    onProgress({ job, attempt: await holdAndJudge(job, holding, judged) });
  };
  const mayGoOn = () => !stop.aborted && !budget.isSpent();
  const sampled = judging && (await openSampledJobs(run, judging.id, { ...options, mayGoOn }));
  if (sampled) await inParallel(sampled.jobs, sampled.around(work), { ...options, mayGoOn });
  else await inParallel(run.jobs, work, { ...options, mayGoOn });
}

async function holdAndJudge(
  job: Job,
  holding: HoldingOptions,
  judging: JudgingUnderWay | undefined,
): Promise<Attempt | undefined> {
  const { key, scenario } = job;
  const before = await holding.store.dialogue(holding.run, key, judging?.judging.id);
  const held = await holdJob(job, before, holding);
  const attempt = held ?? before?.attempt;
  if (judging && attempt && (held || !before?.verdicts)) {
    await judgeDialogue({ key, dialogueFor: () => judgedDialogueOf(attempt, scenario) }, judging);
  }
  return held;
}
