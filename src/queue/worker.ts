import { setTimeout as delay } from 'node:timers/promises';
import { EXIT, MatrixError } from '../errors.js';
import { inTime } from '../models/in-time.js';
import { LeaseLost, type Lease } from '../store/leases.js';
import { StoreUnreachable } from '../store/store-unreachable.js';
import { attend, leave } from './attendance.js';
import { doJob } from './do-job.js';
import { InFlight } from './in-flight.js';
import type { JobQueue, TakenJob } from './job-queue.js';
import { openQueue } from './open-queue.js';
import { reasonToKeep } from './reason-to-keep.js';
import { ReadyRuns, type ReadyRun, type ReadyRunOptions } from './ready-runs.js';

/** Seconds after which what a worker holds goes to others, if nothing was heard of it. */
export const LEASE = 30;
/** Milliseconds between two looks for work where there is none. */
const LOOK_EVERY = 1000;

export interface WorkerOptions extends Omit<ReadyRunOptions, 'queue' | 'worker'> {
  /** Of this worker; no other may have it. */
  readonly id: string;
  /** Seconds without a word of it after which its dialogues go to others; 30 unless given. */
  readonly lease?: number | undefined;
  /** Milliseconds between two looks for work where there is none; 1000 unless given. */
  readonly lookEvery?: number | undefined;
  /** Whether it ends once no job is left, also none that others work on. */
  readonly untilEmpty?: boolean | undefined;
  /** Once aborted it takes nothing more, and ends with what it has in flight. */
  readonly stop: AbortSignal;
  /** Ends calls in flight with its reason; what they were answered before is kept, and others go on. */
  readonly signal: AbortSignal;
  /** Called where the database is away: it waits until it is there again. */
  readonly onAway?: ((reason: MatrixError) => void) | undefined;
  /** Called as each job ends here. */
  readonly onDone?: (() => void) | undefined;
}

/**
 * Takes dialogues of queued runs, holds and judges them, until it is told to stop. A database that goes
 * away is waited for.
 * @throws MatrixError where the database fails otherwise or is away at the beginning or the end, or with `untilEmpty` all that is left are runs that it
 *   cannot take
 * @throws the signal's reason once it aborts
 * @throws a defect, once what else is in flight has ended; the dialogue that showed it is given up
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const queue = await openQueue(options.store, { make: true });
  const shift = new Shift(queue, options);
  await shift.work();
}

/** What one worker does from its coming to its going. */
class Shift {
  readonly #queue: JobQueue;
  readonly #options: WorkerOptions;
  readonly #runs: ReadyRuns;
  readonly #inFlight = new InFlight();
  readonly #failed = new AbortController();
  /** Whether the database could not be reached when it was last asked. */
  #isAway = false;

  constructor(queue: JobQueue, options: WorkerOptions) {
    this.#queue = queue;
    this.#options = options;
    this.#runs = new ReadyRuns({ ...options, queue, worker: options.id });
  }

  async work(): Promise<void> {
    const { id, signal, stop } = this.#options;
    const over = new AbortController();
    await attend(this.#queue, id, this.#lease);
    const attending = this.#attend(over.signal);
    try {
      await this.#takeUntil(AbortSignal.any([stop, signal, this.#failed.signal]));
    } finally {
      await this.#inFlight.settled();
      this.#runs.keep(new Set());
      over.abort();
      await attending;
      // Where the server is gone its leases end by themselves.
      await leave(this.#queue, id).catch(() => undefined);
    }
    this.#failed.signal.throwIfAborted();
    signal.throwIfAborted();
    await this.#queue.removeEmpty();
  }

  async #takeUntil(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const isOver = await this.#takeOrRest(stop).catch((error: unknown) => {
        if (error instanceof StoreUnreachable) return this.#wait(error, stop);
        throw error;
      });
      if (isOver) return;
    }
  }

  /** @returns whether all is done */
  async #takeOrRest(stop: AbortSignal): Promise<boolean> {
    if (await this.#takeSome(stop)) return false;
    if (this.#options.untilEmpty && this.#inFlight.size === 0 && (await this.#isEmpty())) {
      return true;
    }
    await this.#rest(stop);
    return false;
  }

  /** Until it is time to look again whether the database is there. */
  async #wait(reason: StoreUnreachable, stop: AbortSignal): Promise<false> {
    if (!this.#isAway) this.#options.onAway?.(reason);
    this.#isAway = true;
    const { lookEvery = LOOK_EVERY } = this.#options;
    await delay(lookEvery, undefined, { signal: stop }).catch(() => undefined);
    return false;
  }

  /** @returns whether anything was taken */
  async #takeSome(stop: AbortSignal): Promise<boolean> {
    let taken = 0;
    const waiting = this.#free > 0 ? await this.#queue.waiting() : [];
    for (const of of waiting) {
      if (this.#free === 0 || stop.aborted) break;
      const ready = await this.#runs.of(of.run);
      const jobs = ready ? await this.#queue.take(this.#options.id, of, this.#free) : [];
      for (const job of jobs) if (ready) this.#begin(job, ready);
      taken += jobs.length;
    }
    return taken > 0;
  }

  #begin(job: TakenJob, ready: ReadyRun): void {
    this.#inFlight.begin(job.lease, async (lost) => {
      const { store, logger } = this.#options;
      const signal = AbortSignal.any([lost, this.#options.signal]);
      try {
        await doJob(job, ready, { queue: this.#queue, store, logger, signal });
        this.#options.onDone?.();
      } catch (error) {
        await this.#giveBack(job, error).catch((worse: unknown) => this.#failed.abort(worse));
      }
    });
  }

  /** What failed goes to another worker; a defect would meet every worker, and goes to nobody. */
  async #giveBack({ lease }: TakenJob, error: unknown): Promise<void> {
    const { signal, logger } = this.#options;
    const reason = reasonToKeep(error);
    logger.warn({ ...lease, reason }, 'given back');
    const isPassing = error instanceof MatrixError || error instanceof LeaseLost || signal.aborted;
    const isOurs = await this.#release(lease, reason, !isPassing);
    if (!isOurs || signal.aborted || error instanceof StoreUnreachable) return;
    if (error instanceof MatrixError) await this.#runs.refuse(lease.run, error);
    else if (!isPassing) this.#failed.abort(error);
  }

  /** Once the database is there: unless the worker ends before, and with it its leases. */
  async #release(lease: Lease, reason: string, isFinal: boolean): Promise<boolean> {
    const { stop, signal } = this.#options;
    const ending = AbortSignal.any([stop, signal]);
    for (;;) {
      try {
        return await this.#queue.release(lease, reason, { isFinal });
      } catch (error) {
        if (!(error instanceof StoreUnreachable)) throw error;
        await this.#wait(error, ending);
        if (ending.aborted) return false;
      }
    }
  }

  /** @throws MatrixError where all that is left are runs that this worker cannot take */
  async #isEmpty(): Promise<boolean> {
    const { store } = this.#options;
    await this.#queue.removeEmpty();
    const open = (await this.#queue.counts()).filter((count) => count.open > 0);
    const runs = new Set(open.map(({ run }) => run));
    const left: string[] = [];
    for (const run of runs) if (!(await store.isStopRequested(run))) left.push(run);
    const refusals = left.map((run) => this.#runs.refusal(run));
    const [first] = refusals;
    if (first && refusals.every((reason) => reason !== undefined)) {
      const [message, mend] = [`cannot take run ${left[0]}: ${first.message}`, first.mend];
      throw new MatrixError(message, { mend, exitCode: EXIT.incomplete, cause: first });
    }
    return left.length === 0;
  }

  /** Until some work here has ended, or it is time to look again. */
  async #rest(stop: AbortSignal): Promise<void> {
    const { lookEvery = LOOK_EVERY } = this.#options;
    const rested = new AbortController();
    const signal = AbortSignal.any([stop, rested.signal]);
    if (this.#inFlight.size === 0) await this.#tidy();
    const slept = delay(lookEvery, undefined, { signal }).catch(() => undefined);
    await Promise.race([slept, this.#inFlight.next()]);
    rested.abort();
  }

  async #tidy(): Promise<void> {
    await this.#queue.removeEmpty();
    this.#runs.keep(new Set((await this.#queue.counts()).map(({ run }) => run)));
  }

  /** Says that it is there, three times in the time of a lease, and learns which leases it has lost. */
  async #attend(over: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    let last = clock().getTime();
    let unknown: readonly number[] = [];
    for (;;) {
      await delay(this.#lease * 333, undefined, { signal: over }).catch(() => undefined);
      if (over.aborted) return;
      const [leases, asked] = [this.#inFlight.leases, clock().getTime()];
      const known = new Set(leases.map(({ epoch }) => epoch));
      // Of jobs that the database gave when the answer was lost; what is being taken now is unknown once.
      const strays = unknown.filter((epoch) => !known.has(epoch));
      const held = await this.#heldNow(strays).catch(() => undefined);
      unknown = [...(held ?? [])].filter((epoch) => !known.has(epoch));
      if (held) {
        last = asked;
        this.#isAway = false;
      }
      // Not heard of for so long, it must hold them lost, and make no call that another makes too.
      const isGone = clock().getTime() - last > this.#lease * 1000;
      for (const lease of leases) {
        if (isGone || (held && !held.has(lease.epoch))) this.#inFlight.lose(lease);
      }
    }
  }

  /** A server that does not answer is no reason to wait longer than others do. */
  #heldNow(strays: readonly number[]): Promise<Set<number>> {
    const { id } = this.#options;
    const attending = () => attend(this.#queue, id, this.#lease, strays);
    return inTime(this.#lease * 1000, AbortSignal.any([]), attending);
  }

  get #free(): number {
    return this.#options.concurrency - this.#inFlight.size;
  }

  get #lease(): number {
    return this.#options.lease ?? LEASE;
  }
}
