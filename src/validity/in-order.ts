import { inParallel } from '../runs/in-parallel.js';

interface InOrderOptions {
  /** Once aborted none is begun. */
  readonly stop?: AbortSignal | undefined;
  /** Ends what is in flight, as far as the task heeds the signal that it is given. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does a task for each item, so many at a time; the results stand in the order of the items. After a
 * failure, or once stopped, none is begun, and those in flight are waited for.
 * @param atOnce at least 1
 * @throws what a task threw first, or the stop's reason where items are left
 */
export async function inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  task: (item: T, signal: AbortSignal) => Promise<R>,
  { stop, signal }: InOrderOptions = {},
): Promise<R[]> {
  const results: R[] = [];
  let begun = 0;
  const work = async ([index, item]: readonly [number, T], each: AbortSignal) => {
    begun += 1;
    results[index] = await task(item, each);
  };
  await inParallel(items.entries(), work, {
    concurrency: Math.min(atOnce, items.length),
    mayGoOn: () => !stop?.aborted,
    signal,
  });
  if (begun < items.length) stop?.throwIfAborted();
  return results;
}
