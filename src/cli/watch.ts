import type { PlanInput } from '../plan/plan.js';
import type { SharedProgress } from '../queue/watch-run.js';
import { resumedPlan } from '../runs/planning/resume.js';
import type { RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { concludeRun, type ConclusionFlags } from './conclude-run.js';
import { interruptible } from './interruptible.js';
import { note, Progress } from './output.js';
import { findRun } from './store-option.js';

/** Milliseconds between two looks. */
const EVERY = 1000;

/**
 * Shows how far all workers are with a run until it is done, then what it came to, as if it had been
 * carried out here.
 */
export async function watch(
  store: RunStore,
  id: string,
  stated: PlanInput,
  flags: ConclusionFlags,
): Promise<void> {
  const { openQueue } = await import('../queue/open-queue.js');
  const { watchRun } = await import('../queue/watch-run.js');
  const queue = await openQueue(store, { make: false });
  const record = await findRun(store, id);
  const run = { ...record, plan: resumedPlan({ ...stated }, record) };
  const shown = new Shown(run);
  const { progress, interrupted } = await interruptible(
    async ({ stop }) => {
      const onProgress = (progress: SharedProgress) => shown.show(progress);
      const progress = await watchRun(store, queue, run, { every: EVERY, stop, onProgress });
      return { progress, interrupted: progress.open > 0 };
    },
    { wayOn: () => `npx matrix-sim run --watch ${id}` },
  ).finally(() => shown.end());
  if (progress.failed > 0) {
    note(`${progress.failed} jobs were given up; try them again: ${wayOn(run)}`);
  }
  if (progress.isStopped) note(`somebody stopped it; go on with: ${wayOn(run)}`);
  const [judging] = run.plan.judges.length > 0 ? await store.judgings(id) : [];
  await concludeRun(store, { run, judging, interrupted }, flags);
}

function wayOn({ id, plan }: RunRecord): string {
  return `npx matrix-sim run --resume ${id} --store '${plan.store}' --enqueue`;
}

/** Progress on stderr, and each worker once that cannot take the run. */
class Shown {
  readonly #told = new Set<string>();
  readonly #progress: Progress;
  readonly #planned: number;

  constructor({ planned }: RunRecord) {
    this.#progress = new Progress(planned, 'done');
    this.#planned = planned;
  }

  show({ held, judged, open, failed, workers, refusals }: SharedProgress): void {
    for (const { worker, reason } of refusals) {
      const line = `worker ${worker} cannot take it: ${reason}`;
      if (!this.#told.has(line)) note(line);
      this.#told.add(line);
    }
    const besides = `held ${held} · judged ${judged} · given up ${failed} · workers ${workers}`;
    this.#progress.reach(Math.max(0, this.#planned - open - failed), besides);
  }

  end(): void {
    this.#progress.end();
  }
}
