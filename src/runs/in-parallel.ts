import { setImmediate as breathe } from 'node:timers/promises';

export interface ParallelOptions {
  /** Items worked on at one time, at least 1. */
  readonly concurrency: number;
  /** Asked before each item; where it says no, none is begun any more. */
  readonly mayGoOn: () => boolean;
}

/**
 * Works through items as they come. After a failure none is begun, and those in flight are waited
 * for.
 * @throws the first failure
 */
export async function inParallel<T>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<void>,
  { concurrency, mayGoOn }: ParallelOptions,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  const state = { failed: false, exhausted: false };
  const worker = async () => {
    while (!state.failed && !state.exhausted && mayGoOn()) {
      try {
        const next = await iterator.next();
        if (next.done) state.exhausted = true;
        else await work(next.value);
      } catch (error) {
        state.failed = true;
        throw error;
      }
      // Work that waits for nothing would keep Ctrl-C from being heard.
      await breathe();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  await iterator.return?.();
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
