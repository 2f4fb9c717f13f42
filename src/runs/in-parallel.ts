import { setImmediate as breathe } from 'node:timers/promises';

export interface ParallelOptions {
  /** Items worked on at one time, at least 1. */
  readonly concurrency: number;
  /** Asked before each item; where it says no, none is begun any more. */
  readonly mayGoOn: () => boolean;
  /** Ends what is in flight, as far as the work heeds the signal that it is given. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Works through items as they come. After a failure none is begun, and the signal of those in flight
 * aborts with it; they are waited for.
 * @throws the failure that came first
 */
export async function inParallel<T>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T, signal: AbortSignal) => Promise<void>,
  { concurrency, mayGoOn, signal }: ParallelOptions,
): Promise<void> {
  const iterator = each(items);
  const failures: unknown[] = [];
  const failed = new AbortController();
  const either = AbortSignal.any([failed.signal, ...(signal ? [signal] : [])]);
  const worker = async () => {
    while (!either.aborted && mayGoOn()) {
      try {
        const next = await iterator.next();
        if (next.done) return;
        await work(next.value, either);
      } catch (error) {
        failures.push(error);
        failed.abort(error);
      }
      // Work that waits for nothing would keep Ctrl-C from being heard.
      await breathe();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  await iterator.return(undefined);
  if (failures.length > 0) throw failures[0];
}

async function* each<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void> {
  yield* items;
}
