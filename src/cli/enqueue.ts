import type { Clock } from '../determinism.js';
import { MatrixError } from '../errors.js';
import type { Logger } from '../logger.js';
import { planSchema, type PlanInput } from '../plan/plan.js';
import { validate } from '../read-file.js';
import { beginRun, resumeRun } from '../runs/holding/begin-run.js';
import type { RunStore } from '../store/run-store.js';
import { note, print, printJson } from './output.js';
import { findRun } from './store-option.js';

interface EnqueueOptions {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Name of a new run; the first free one of the day unless given. */
  readonly id: string | undefined;
  /** The run of which what is left is queued. */
  readonly resume: string | undefined;
  readonly json: boolean | undefined;
}

/** Queues a plan, or what is left of a run, and says what to type next. */
export async function enqueue(plan: PlanInput, options: EnqueueOptions): Promise<void> {
  const { store, resume, json } = options;
  const { openQueue } = await import('../queue/open-queue.js');
  const { enqueueRun } = await import('../queue/enqueue-run.js');
  // Before the run enters the store, so that nothing half done is left where there can be no queue.
  const queue = await openQueue(store, { make: true });
  if (resume === undefined) await queue.removeEmpty();
  else await assertSameBudget(store, resume, plan);
  const prepared =
    resume === undefined
      ? await beginRun(store, validate(plan, 'plan', planSchema), options)
      : await resumeRun(store, resume, plan, options);
  const { id, plan: queued } = prepared.record;
  note(`run ${id}`);
  const { simulate, judge } = await enqueueRun(queue, prepared, options);
  if (json) return printJson({ run: id, simulate, judge });
  print([
    `run ${id}: ${simulate} dialogues to hold and ${judge} to judge are queued`,
    `  work on it:  npx matrix-sim worker --store '${queued.store}'`,
    `  look at it:  npx matrix-sim run --watch ${id} --store '${queued.store}'`,
  ]);
}

/** Workers lay a run out from its record, which a flag does not change. @throws MatrixError where it would have to */
async function assertSameBudget(store: RunStore, id: string, stated: PlanInput): Promise<void> {
  const { plan } = await findRun(store, id);
  const budgets = ['tokenBudget', 'costBudget', 'prices'] as const;
  const other = budgets.find(
    (field) => stated[field] !== undefined && stated[field] !== plan[field],
  );
  if (other === undefined) return;
  throw new MatrixError(`workers go by the ${other} with which run ${id} was begun`, {
    mend: `Go on in one process, without --enqueue: run --resume ${id}`,
  });
}
