import { MatrixError } from '../errors.js';
import type { Judging } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { findJudging } from './store-option.js';

/**
 * Two judgings of a run: the one named, and the other that is asked for, else the latest.
 * @throws MatrixError where they are one
 */
export async function judgingsToCompare(
  store: RunStore,
  run: string,
  against: string,
  other: string | undefined,
): Promise<{ readonly before: Judging; readonly after: Judging }> {
  const before = await findJudging(store, run, against);
  const after = await findJudging(store, run, other);
  if (before && after && before.id !== after.id) return { before, after };
  throw new MatrixError(`${against} would be held against itself`, {
    mend: `Name another judging with --judging, or judge anew: matrix-sim judge run ${run} --judge SPEC`,
  });
}
