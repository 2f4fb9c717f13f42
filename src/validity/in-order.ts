import { setImmediate as breathe } from 'node:timers/promises';

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
  const failures: unknown[] = [];
  const results: R[] = [];
  const left = [...items.entries()].reverse();
  const worker = async () => {
    while (failures.length === 0 && !stop.aborted) {
      const next = left.pop();
      if (!next) return;
      const [index, item] = next;
      try {
        results[index] = await task(item);
      } catch (error) {
        failures.push(error);
      }
      // A task that waits for nothing would keep Ctrl-C from being heard.
      await breathe();
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  if (left.length > 0) stop.throwIfAborted();
  return results;
}
