import { inParallel } from '../runs/in-parallel.js';

/**
 * Does a task for each item, so many at a time; the results stand in the order of the items. After a
 * failure, or once stopped, none is begun, and those in flight are waited for.
 * @param atOnce at least 1
 * @throws what a task threw first, or the stop's reason where items are left
 */
export async function inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  task: (item: T) => Promise<R>,
  stop: AbortSignal = new AbortController().signal,
): Promise<R[]> {
  const results: R[] = [];
  let begun = 0;
  const work = async ([index, item]: readonly [number, T]) => {
    begun += 1;
    results[index] = await task(item);
  };
  await inParallel(items.entries(), work, {
    concurrency: Math.min(atOnce, items.length),
    mayGoOn: () => !stop.aborted,
  });
  if (begun < items.length) stop.throwIfAborted();
  return results;
}
