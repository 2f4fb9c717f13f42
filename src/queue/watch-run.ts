import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { JobQueue } from './job-queue.js';

/** How far all workers together are with a run. */
export interface SharedProgress {
  /** Dialogues with an attempt that ended. */
  readonly held: number;
  /** Those with verdicts of the run's own judging. */
  readonly judged: number;
  /** Jobs that wait or are worked on. */
  readonly open: number;
  readonly active: number;
  /** Jobs that were given up. */
  readonly failed: number;
  /** Workers that are there, on whatever run. */
  readonly workers: number;
  /** Workers that cannot take the run, with what they lack. */
  readonly refusals: readonly { readonly worker: string; readonly reason: string }[];
  readonly isStopped: boolean;
}

const knownSchema = z.object({
  held: z.number(),
  judged: z.number(),
  workers: z.number(),
  refusals: z.array(z.object({ worker: z.string(), reason: z.string() })),
});

export interface WatchOptions {
  /** Milliseconds between two looks. */
  readonly every: number;
  /** Ends the watching; the run goes on. */
  readonly stop: AbortSignal;
  readonly onProgress: (progress: SharedProgress) => void;
}

/**
 * Follows a run until nothing of it is queued or worked on, or somebody stopped it.
 * @returns the last that was seen
 */
export async function watchRun(
  store: RunStore,
  queue: JobQueue,
  run: RunRecord,
  { every, stop, onProgress }: WatchOptions,
): Promise<SharedProgress> {
  for (;;) {
    const progress = await progressOf(store, queue, run);
    onProgress(progress);
    if (progress.open === 0 || (progress.isStopped && progress.active === 0)) return progress;
    await delay(every, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return progress;
  }
}

async function progressOf(
  store: RunStore,
  queue: JobQueue,
  { id }: RunRecord,
): Promise<SharedProgress> {
  const counts = await queue.counts(id);
  const sum = (field: 'open' | 'active' | 'failed') =>
    counts.reduce((total, count) => total + count[field], 0);
  const known = await queue.leases.transact(async (execute) => {
    const { rows: stored } = await execute(
      `select (select count(*) from dialogue_facts where run = $1 and attempt > 0) as held,
        (select count(distinct number) from judged where run = $1 and judging =
          (select id from judgings where run = $1 order by number limit 1)) as judged,
        (select count(*) from workers where until >= now()) as workers`,
      [id],
    );
    const { rows: refusals } = await execute(
      `select worker, reason from refusals join workers on workers.id = refusals.worker
        where run = $1 and workers.until >= now() order by worker`,
      [id],
    );
    return knownSchema.parse({ ...stored[0], refusals });
  });
  return {
    ...known,
    ...{ open: sum('open'), active: sum('active'), failed: sum('failed') },
    isStopped: await store.isStopRequested(id),
  };
}
