import type { AdaptiveLimiter } from './adaptive-limiter.js';
import { ModelError } from './model-error.js';

/** What a limiter met. */
export interface Met {
  /** Calls at once that it asks for, at least 1. */
  readonly concurrency: number;
  /** The epoch that it knows of; -1 where it has not looked yet. */
  readonly epoch: number;
  /** Since it last looked. */
  readonly successes: number;
  /** Whether a call that was begun in this epoch was refused. */
  readonly isRefused: boolean;
}

export interface Share {
  /** Calls at once, at least 1. */
  readonly limit: number;
  /** Counts the cuts: refusals of calls begun in an earlier one tell nothing new. */
  readonly epoch: number;
}

/** The limit of one server, which several limiters find together. */
export interface SharedLimit {
  /** Tells what was met and takes part in the limit from now on. */
  look(met: Met): Promise<Share>;
  /** Gives the share back. */
  leave(): Promise<void>;
}

/** Milliseconds. */
const BEAT = 1000;

/**
 * A limiter that finds its limit together with others: it looks before its first call, after each round
 * of calls, each second while it has any, and at a refusal. While the others cannot be reached it falls
 * alone, and does not grow.
 */
export function shareLimiter(
  limiter: AdaptiveLimiter,
  shared: SharedLimit,
  concurrency: number,
): AdaptiveLimiter {
  const partner = new Partner(limiter, shared, concurrency);
  return {
    ...limiter,
    run: async (task, signal) => {
      partner.begin();
      try {
        await partner.ready;
        return await limiter.run(() => partner.watch(task), signal);
      } finally {
        partner.end();
      }
    },
  };
}

class Partner {
  readonly #limiter: AdaptiveLimiter;
  readonly #shared: SharedLimit;
  readonly #concurrency: number;
  /** Before the first look: none. */
  #epoch = -1;
  #successes = 0;
  #isRefused = false;
  #calls = 0;
  /** Whether there were calls since the last beat. */
  #wasBusy = false;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isLookDue = false;
  /** Settled once the share is known, or cannot be. */
  ready: Promise<void> = Promise.resolve();

  constructor(limiter: AdaptiveLimiter, shared: SharedLimit, concurrency: number) {
    this.#limiter = limiter;
    this.#shared = shared;
    this.#concurrency = concurrency;
  }

  begin(): void {
    this.#calls += 1;
    this.#wasBusy = true;
    if (this.#timer) return;
    this.#timer = setInterval(() => this.#beat(), BEAT).unref();
    this.ready = this.#look();
  }

  end(): void {
    this.#calls -= 1;
  }

  async watch<T>(task: () => Promise<T>): Promise<T> {
    const begunIn = this.#epoch;
    try {
      const value = await task();
      this.#succeeded();
      return value;
    } catch (error) {
      if (error instanceof ModelError && error.failure === 'rate') this.#refused(begunIn);
      throw error;
    }
  }

  /** After a call for each that may run at once, the limit of all together may be one higher. */
  #succeeded(): void {
    this.#successes += 1;
    if (this.#successes >= this.#limiter.limit()) void this.#look();
  }

  #refused(begunIn: number): void {
    if (begunIn !== this.#epoch || this.#isRefused) return;
    this.#isRefused = true;
    void this.#look();
  }

  #beat(): void {
    if (this.#wasBusy) void this.#look();
    else this.#leave();
    this.#wasBusy = this.#calls > 0;
  }

  /** One at a time, and what comes up meanwhile is told by one more. */
  #look(): Promise<void> {
    if (this.#isLookDue) return this.#looking;
    this.#isLookDue = true;
    return (this.#looking = this.#looking.then(() => this.#tell()));
  }

  async #tell(): Promise<void> {
    this.#isLookDue = false;
    const [successes, isRefused, epoch] = [this.#successes, this.#isRefused, this.#epoch];
    const met = { concurrency: this.#concurrency, epoch, successes, isRefused };
    try {
      this.#adopt(await this.#shared.look(met), successes);
    } catch {
      // What was met is told at the next beat.
    }
  }

  #adopt({ limit, epoch }: Share, told: number): void {
    const isNew = epoch !== this.#epoch;
    this.#successes = isNew ? 0 : this.#successes - told;
    if (isNew) this.#isRefused = false;
    this.#epoch = epoch;
    this.#limiter.adopt(limit);
  }

  #leave(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#looking = this.#looking.then(() => this.#shared.leave()).catch(() => undefined);
  }
}
