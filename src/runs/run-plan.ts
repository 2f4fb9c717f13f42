import type { Agent } from '../agents/under-test/agent.js';
import type { Clock } from '../determinism.js';
import { createLogger, type Logger } from '../logger.js';
import { planSchema, type PlanInput } from '../plan/plan.js';
import { validate } from '../read-file.js';
import type { Judging, RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Observer } from '../telemetry/observer.js';
import { beginRun, resumeRun, type Beginning } from './holding/begin-run.js';
import { executeRun, type RunProgress } from './holding/execute-run.js';
import type { PreparedRun } from './holding/start-run.js';
import { stopOnRequest } from './stop-on-request.js';

export interface RunPlanOptions {
  /** Where the run is kept. */
  readonly store: RunStore;
  /** Agents made in code: a plan names them by their keys, as it names others by their specs. */
  readonly agents?: Readonly<Record<string, Agent>> | undefined;
  /** Name of a new run; the first free one of the day unless given. */
  readonly id?: string | undefined;
  /** Goes on with the run of that name; the plan may then change only what decides no result. */
  readonly resume?: string | undefined;
  /** Called once the run is laid out and stored, before anything is called. */
  readonly onBegin?: ((run: PreparedRun) => void) | undefined;
  /** Called as each dialogue ends and is stored; its attempt is undefined where it was held before. */
  readonly onDialogue?: ((progress: RunProgress) => void) | undefined;
  /** Once aborted no further dialogue is begun; those in flight are finished and stored. */
  readonly stop?: AbortSignal | undefined;
  /** Milliseconds between two looks into the store for a request to stop, which ends it as `stop` does. */
  readonly lookEvery?: number | undefined;
  /** Ends calls in flight with its reason; what they were answered before is kept. */
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  /** Hears what is done, as it is done. */
  readonly observer?: Observer | undefined;
}

/** A run as far as it came; its dialogues are read from the store. */
export interface RanPlan {
  readonly run: RunRecord;
  /** Undefined where the run is left unjudged. */
  readonly judging: Judging | undefined;
  /** Why it stopped before its end; undefined where no budget was spent. */
  readonly excess: string | undefined;
  /** Whether one of the signals, or a request in the store, broke it off. */
  readonly interrupted: boolean;
}

/**
 * Carries out a plan: every dialogue is held, judged as it ends, and stored. A plan that is left out
 * is the offline demonstration. The run is locked while this works on it.
 * @throws MatrixError where the plan cannot be carried out, the run is locked by somebody else, or all
 *   further calls would fail; what was stored and answered stays
 * @throws the signal's reason where it aborts
 */
export async function runPlan(plan: PlanInput, options: RunPlanOptions): Promise<RanPlan> {
  const { clock = () => new Date(), logger = createLogger(undefined) } = options;
  const all = { ...options, clock, logger };
  return carryOut(await prepare(plan, all), all);
}

/**
 * Holds and judges what is left of a run that is laid out and in the store, with the errors of
 * {@link runPlan}.
 */
export async function carryOut(
  prepared: PreparedRun,
  options: Omit<RunPlanOptions, 'agents' | 'id' | 'resume'> & Beginning,
): Promise<RanPlan> {
  const { store, clock, logger, observer, onBegin, onDialogue = () => undefined } = options;
  const { stop = AbortSignal.any([]), signal = AbortSignal.any([]) } = options;
  const { record, judge, budget } = prepared;
  const lock = await store.lock(record.id);
  let interrupted: boolean;
  try {
    onBegin?.(prepared);
    const { concurrency } = record.plan;
    const execution = {
      ...{ store, clock, logger, observer, concurrency, signal },
      onProgress: onDialogue,
    };
    interrupted = await stopOnRequest(store, record.id, { ...options, stop }, async (either) => {
      await executeRun(prepared, { ...execution, stop: either });
      return either.aborted;
    });
  } finally {
    await lock.release();
  }
  const judging = (await store.judgings(record.id)).find(
    ({ judgeFingerprint }) => judgeFingerprint === judge?.fingerprint,
  );
  return { run: record, judging, excess: budget.excess(), interrupted };
}

function prepare(plan: PlanInput, options: RunPlanOptions & Beginning): Promise<PreparedRun> {
  const { store, resume } = options;
  if (resume !== undefined) return resumeRun(store, resume, plan, options);
  return beginRun(store, validate(plan, 'plan', planSchema), options);
}
