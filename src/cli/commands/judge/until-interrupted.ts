import { EXIT, MatrixError } from '../../../errors.js';
import { interruptible, type Interrupts } from '../../interruptible.js';

/**
 * Does work that Ctrl-C breaks off.
 * @param record the folder in which answers are kept, if they are
 * @throws MatrixError where the work was stopped
 */
export function untilInterrupted<T>(
  record: string | undefined,
  work: (interrupts: Interrupts) => Promise<T>,
): Promise<T> {
  return interruptible(work, { reason: interruption(record) });
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
