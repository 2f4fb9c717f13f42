import { ModelError } from './model-error.js';

/**
 * Lets so many calls of one server run at once. The number falls by a fifth when the server answers
 * "too many" and creeps back: by about one for as many successes as the number itself.
 */
export interface AdaptiveLimiter {
  /** Calls that may run at present, from 1 to the concurrency asked for. */
  limit(): number;
  /**
   * Takes over a limit, at least 1, that is found together with others and from now on grows by their
   * word alone. Refusals of calls that were begun before cut it no more.
   */
  adopt(limit: number): void;
  /** Runs the task when its turn comes, first come first served; an abort ends only the waiting. */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** @param concurrency calls at once at most, at least 1 */
export function createLimiter(concurrency: number): AdaptiveLimiter {
  const waiting = new Set<() => void>();
  let limit = concurrency;
  let isLed = false;
  let running = 0;
  let begun = 0;
  let begunBeforeCut = 0;

  const admit = () => {
    for (const start of waiting) {
      if (running >= Math.floor(limit)) return;
      waiting.delete(start);
      running += 1;
      start();
    }
  };
  const turn = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      signal?.throwIfAborted();
      const start = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.delete(start);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.add(start);
      admit();
    });
  // A burst of refusals answers calls that were begun at the same, too high limit: it cuts once.
  const cut = (number: number) => {
    if (number <= begunBeforeCut) return;
    limit = Math.max(1, limit * 0.8);
    begunBeforeCut = begun;
  };

  return {
    limit: () => Math.floor(limit),
    adopt: (found) => {
      limit = Math.min(concurrency, found);
      isLed = true;
      begunBeforeCut = begun;
      admit();
    },
    run: async (task, signal) => {
      await turn(signal);
      const number = (begun += 1);
      try {
        const value = await task();
        if (!isLed) limit = Math.min(concurrency, limit + 1 / limit);
        return value;
      } catch (error) {
        if (error instanceof ModelError && error.failure === 'rate') cut(number);
        throw error;
      } finally {
        running -= 1;
        admit();
      }
    },
  };
}
