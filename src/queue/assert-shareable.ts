import { MatrixError } from '../errors.js';
import type { Plan } from '../plan/plan.js';
import { isServer } from '../store/beside-store.js';

/** @throws MatrixError where the store at a place is a file, so that none is made there for nothing */
export function assertShareable(place: string): void {
  if (!isServer(place)) throw notShareable();
}

export function notShareable(): MatrixError {
  return new MatrixError('this store is a file, and workers share a database', {
    mend: 'Name one that all machines reach: --store postgres://USER@HOST/DATABASE',
  });
}

/**
 * What a plan that stops early holds next hangs on all before it, which no queue waits for.
 * @throws MatrixError where the plan stops early
 */
export function assertHeldWhole({ untilWidth, untilRating }: Plan): void {
  if (untilWidth === undefined && !untilRating) return;
  throw new MatrixError('a plan that stops early cannot be queued', {
    mend: 'Leave out --until-width and --until-rating, or hold it in one process, without --enqueue.',
  });
}
