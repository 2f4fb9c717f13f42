import { EXIT } from '../errors.js';
import { endAtOnce } from './ending.js';
import { note } from './output.js';

/**
 * Does work that a first Ctrl-C asks to stop; a second ends the process at once.
 * `wayOn` is the command that goes on with it, `reason` what the stop aborts with.
 */
export async function interruptible<T>(
  work: (stop: AbortSignal) => Promise<T>,
  { wayOn, reason }: { readonly wayOn?: string; readonly reason?: unknown } = {},
): Promise<T> {
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) {
      if (wayOn !== undefined) note(`\ngo on:  ${wayOn}`);
      endAtOnce(EXIT.interrupted);
    }
    stop.abort(reason);
    note('\nfinishing what is in flight; Ctrl-C again to stop at once');
  };
  process.on('SIGINT', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}
