import { EXIT, MatrixError } from '../../../errors.js';

/**
 * Does work that heeds a stop: a first Ctrl-C lets what is in flight end, a second does not.
 * @param record the folder in which answers are kept, if they are
 * @throws MatrixError where the work was stopped
 */
export async function untilInterrupted<T>(
  record: string | undefined,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const interrupt = () => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    process.stderr.write('\nfinishing what is in flight; Ctrl-C again to stop at once\n');
    stop.abort(interruption(record));
  };
  process.on('SIGINT', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function interruption(record: string | undefined): MatrixError {
  return new MatrixError('interrupted before all was judged', {
    mend:
      record === undefined
        ? 'With --record DIR, answers are kept, and the same command goes on.'
        : `The answers so far are in ${record}: the same command goes on.`,
    exitCode: EXIT.interrupted,
  });
}
