import type { Attempt } from '../../store/run-record.js';
import { inParallel } from '../in-parallel.js';
import type { Job } from '../planning/plan-run.js';
import { runJob, type JobOptions } from './run-job.js';

export interface BatchOptions extends JobOptions {
  readonly concurrency: number;
  /** Once aborted no further dialogue is begun; those in flight are finished and stored. */
  readonly stop: AbortSignal;
  readonly onHeld: (job: Job, attempt: Attempt | undefined) => void;
}

/** Holds, judges and stores every job, several at a time, taking the next one only when needed. */
export async function runBatch(jobs: Iterable<Job>, options: BatchOptions): Promise<void> {
  const { concurrency, stop, budget, onHeld } = options;
  const work = async (job: Job) => onHeld(job, await runJob(job, options));
  const mayGoOn = () => !stop.aborted && !budget.isSpent();
  await inParallel(jobs, work, { concurrency, mayGoOn });
}
