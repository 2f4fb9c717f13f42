import { ModelError } from './model-error.js';

/**
 * The work's result. Ends with its time or its caller, even where the work does not heed the signal
 * that it is given. Goes inside the journal's `make`, so that an answer that comes too late is not kept.
 * @param limit milliseconds
 * @throws what `late` makes once the time is over
 * @throws the outer signal's reason once that aborts
 */
export async function inTime<T>(
  limit: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => T | Promise<T>,
  late: () => ModelError = () => overdue(limit),
): Promise<T> {
  outer.throwIfAborted();
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort(outer.reason);
  outer.addEventListener('abort', abort, { once: true });
  // No AbortSignal.timeout: its timer would let a process end that waits for nothing else.
  const timer = setTimeout(() => controller.abort(late()), limit);
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([ended, work(signal)]);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', abort);
  }
}

function overdue(limit: number): ModelError {
  return new ModelError(`no answer within ${limit / 1000} s`, { failure: 'timeout' });
}
