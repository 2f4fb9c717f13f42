import { UNOBSERVED, type Observer, type RunObservation } from '../telemetry/observer.js';
import { coverPersonas, selectPersonas, type Persona } from '../agents/patbot/persona.js';
import type { Agent } from '../agents/under-test/agent.js';
import type { Clock } from '../determinism.js';
import { MatrixError } from '../errors.js';
import type { Logger } from '../logger.js';
import { resumeRun } from '../runs/holding/begin-run.js';
import type { PreparedRun } from '../runs/holding/start-run.js';
import { openJudging, type OpenJudging } from '../runs/judging/judging-of.js';
import type { RunStore } from '../store/run-store.js';
import { StoreUnreachable } from '../store/store-unreachable.js';
import { accept, refuse } from './attendance.js';
import type { JobQueue } from './job-queue.js';
import { reasonToKeep } from './reason-to-keep.js';

/** Milliseconds after which a worker looks again whether it can take a run. */
const REST = 60_000;

/** A run of which this worker can take dialogues. */
export interface ReadyRun {
  readonly prepared: PreparedRun;
  /** Undefined where the run is left unjudged. */
  readonly judging: OpenJudging | undefined;
  readonly personas: readonly Persona[];
  /** Told of what is done for it. */
  readonly observed: RunObservation;
}

export interface ReadyRunOptions {
  readonly queue: JobQueue;
  readonly store: RunStore;
  /** Of this worker. */
  readonly worker: string;
  /** Dialogues that it holds or judges at one time, at least 1. */
  readonly concurrency: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Agents made in code, by the spec that a plan names them by. */
  readonly agents?: Readonly<Record<string, Agent>> | undefined;
  readonly observer?: Observer | undefined;
  /** Called with each run that it cannot take, and why: it looks again after a minute. */
  readonly onRefusal: (run: string, reason: MatrixError) => void;
}

/** Runs as this worker has laid them out, each once, with its own keys and files. */
export class ReadyRuns {
  readonly #options: ReadyRunOptions;
  readonly #ready = new Map<string, ReadyRun>();
  readonly #refused = new Map<string, { readonly until: number; readonly reason: MatrixError }>();

  constructor(options: ReadyRunOptions) {
    this.#options = options;
  }

  /** Undefined where it cannot take the run now: others may. */
  async of(run: string): Promise<ReadyRun | undefined> {
    const known = this.#ready.get(run);
    if (known) {
      const { createdAt } = (await this.#options.store.run(run)) ?? {};
      if (createdAt === known.prepared.record.createdAt) return this.#within(run, known);
      // It was removed, and another may have been made under its name.
      this.#drop(run);
    }
    if ((this.#refused.get(run)?.until ?? 0) > this.#now()) return undefined;
    try {
      const ready = await this.#layOut(run);
      this.#ready.set(run, ready);
      if (!(await this.#within(run, ready))) return undefined;
      this.#refused.delete(run);
      await accept(this.#options.queue, this.#options.worker, run);
      return ready;
    } catch (error) {
      // A store that is away says nothing of the run.
      if (!(error instanceof MatrixError) || error instanceof StoreUnreachable) throw error;
      await this.refuse(run, error);
      return undefined;
    }
  }

  /** Leaves a run to others for a while. */
  async refuse(run: string, reason: MatrixError): Promise<void> {
    const { queue, worker, onRefusal } = this.#options;
    const before = this.#refused.get(run);
    this.#drop(run);
    this.#refused.set(run, { until: this.#now() + REST, reason });
    // All dialogues in flight of a run may meet the same.
    if (before?.reason.message === reason.message) return;
    onRefusal(run, reason);
    const words = `${reasonToKeep(reason)}. ${reason.mend}`;
    await refuse(queue, worker, run, words);
  }

  /** Why it cannot take a run; undefined where it can, or has not tried. */
  refusal(run: string): MatrixError | undefined {
    return this.#refused.get(run)?.reason;
  }

  /** Forgets all runs but these. */
  keep(runs: ReadonlySet<string>): void {
    for (const run of this.#ready.keys()) if (!runs.has(run)) this.#drop(run);
    for (const run of this.#refused.keys()) if (!runs.has(run)) this.#refused.delete(run);
  }

  #drop(run: string): void {
    this.#ready.get(run)?.observed.end(undefined);
    this.#ready.delete(run);
  }

  async #within(run: string, ready: ReadyRun): Promise<ReadyRun | undefined> {
    const excess = ready.prepared.budget.excess();
    if (excess === undefined) return ready;
    const mend = 'Go on with a larger one: run --resume RUN --token-budget N.';
    await this.refuse(run, new MatrixError(excess, { mend }));
    return undefined;
  }

  async #layOut(run: string): Promise<ReadyRun> {
    const { store, worker, clock, concurrency, observer = UNOBSERVED } = this.#options;
    const sharing = store.sharing?.(run, worker);
    const prepared = await resumeRun(store, run, { concurrency }, { ...this.#options, sharing });
    const { plan } = prepared.record;
    return {
      prepared,
      judging: prepared.judge && (await openJudging(store, run, prepared.judge, clock)),
      observed: observer.run(run, 'run'),
      personas: selectPersonas(coverPersonas(plan.seed), plan.personas),
    };
  }

  #now(): number {
    return this.#options.clock().getTime();
  }
}
