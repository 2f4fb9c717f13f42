import { EXIT } from '../errors.js';

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
      if (wayOn !== undefined) process.stderr.write(`\ngo on:  ${wayOn}\n`);
      process.exit(EXIT.interrupted);
    }
    stop.abort(reason);
    process.stderr.write('\nfinishing what is in flight; Ctrl-C again to stop at once\n');
  };
  process.on('SIGINT', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}
