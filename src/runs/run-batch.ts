import type { Attempt } from '../store/run-record.js';
import type { Job } from './plan-run.js';
import { runJob, type JobOptions } from './run-job.js';
export interface BatchOptions extends JobOptions {
  readonly concurrency: number;
  /** Once aborted no further dialogue is begun; those in flight are finished and stored. */
  readonly stop: AbortSignal;
  readonly onHeld: (job: Job, attempt: Attempt | undefined) => void;
}

/** Holds, judges and stores every job, several at a time, taking the next one only when needed. */
export async function runBatch(jobs: Iterator<Job>, options: BatchOptions): Promise<void> {
  const failure = new AbortController();
  const stop = AbortSignal.any([options.stop, failure.signal]);
  const errors: unknown[] = [];
  const worker = async () => {
    while (!stop.aborted && !options.budget.isSpent()) {
      const next = jobs.next();
      if (next.done) return;
      try {
        options.onHeld(next.value, await runJob(next.value, options));
      } catch (error) {
        failure.abort();
        errors.push(error);
        return;
      }
    }
  };
  // All are waited for: those in flight are still to be stored when one fails.
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  if (errors.length > 0) throw errors[0];
}
