import { ModelError } from '../../models/model-error.js';

/**
 * The work's result, or a {@link ModelError} once the time is over; then the work's signal aborts.
 * Goes inside the journal's `make`, so that an answer that comes too late is not kept.
 */
export async function inTime<T>(
  seconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  // No AbortSignal.timeout: its timer would let a process end that waits for nothing else.
  const timer = setTimeout(() => limit.abort(), seconds * 1000);
  const over = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () =>
      reject(new ModelError(`no answer within ${seconds} s`, { failure: 'timeout' })),
    );
  });
  try {
    return await Promise.race([over, work(AbortSignal.any([signal, limit.signal]))]);
  } finally {
    clearTimeout(timer);
  }
}
