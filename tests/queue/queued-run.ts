import { functionAgent, type AgentFunction } from '../../src/agents/under-test/module-agent.js';
import { MatrixError } from '../../src/errors.js';
import { createLogger } from '../../src/logger.js';
import { planSchema, type PlanInput } from '../../src/plan/plan.js';
import { enqueueRun, type Enqueued } from '../../src/queue/enqueue-run.js';
import type { JobQueue } from '../../src/queue/job-queue.js';
import { openQueue } from '../../src/queue/open-queue.js';
import { runWorker, type WorkerOptions } from '../../src/queue/worker.js';
import { beginRun, resumeRun } from '../../src/runs/holding/begin-run.js';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import type { RunStore } from '../../src/store/run-store.js';
import { never } from '../fixtures.js';

export const RUN = 'r-1';
const clock = () => new Date('2026-11-24T09:00:00Z');
const logger = createLogger(undefined);
export const beginning = { clock, logger };

/** As a plan names the agent that tests make in code: a worker that is not given it finds no such file. */
export const SPEC = 'module:./not-on-this-machine.mjs';
export const plan = { agents: [`bot=${SPEC}`], scenarios: ['H01-D01', 'H11-D01'], repeats: 3 };

/** An agent made in code, under the name by which the plan knows it. */
export function bot(answer: AgentFunction = () => ({ text: 'How long has that been so?' })) {
  return { [SPEC]: functionAgent(answer) };
}

export interface Shared {
  readonly url: string;
  readonly store: RunStore;
  readonly queue: JobQueue;
}

/** A store with a queue beside it. */
export async function openShared(url: string): Promise<Shared> {
  const store = await openPostgresStore(url);
  return { url, store, queue: await openQueue(store, { make: true }) };
}

/** Queues a plan as a run of its own. */
export async function queued(
  { store, queue }: Shared,
  input: PlanInput = plan,
  id = RUN,
): Promise<Enqueued> {
  const all = { ...beginning, agents: bot() };
  const prepared = await beginRun(store, planSchema.parse(input), { ...all, id });
  return enqueueRun(queue, prepared, { store, clock });
}

/** Queues what is left of a run. */
export async function queuedAgain({ store, queue }: Shared, id = RUN): Promise<Enqueued> {
  const prepared = await resumeRun(store, id, {}, { ...beginning, agents: bot() });
  return enqueueRun(queue, prepared, { store, clock });
}

/** A worker that looks often, and ends once the queues are empty. */
export function worker(store: RunStore, options: Partial<WorkerOptions> = {}): Promise<void> {
  return runWorker({
    ...{ store, id: 'w-1', concurrency: 2, lookEvery: 20, untilEmpty: true },
    ...{ stop: never, signal: never, clock: () => new Date(), logger, agents: bot() },
    onRefusal: (_, reason) => {
      throw reason;
    },
    ...options,
  });
}

export async function dialoguesOf(store: RunStore, id = RUN): Promise<StoredDialogue[]> {
  const all: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues(id)) all.push(dialogue);
  return all;
}

export async function errorOf(work: Promise<unknown>): Promise<MatrixError> {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof MatrixError) return error;
  throw error;
}
