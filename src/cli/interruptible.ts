import { EXIT } from '../errors.js';

/**
 * Does work that a first Ctrl-C asks to stop; a second ends the process at once.
 * @param wayOn the command that goes on with it
 */
export async function interruptible<T>(
  work: (stop: AbortSignal) => Promise<T>,
  wayOn?: string,
): Promise<T> {
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) {
      if (wayOn !== undefined) process.stderr.write(`\ngo on:  ${wayOn}\n`);
      process.exit(EXIT.interrupted);
    }
    stop.abort();
    process.stderr.write('\nfinishing what is in flight; Ctrl-C again to stop at once\n');
  };
  process.on('SIGINT', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}
