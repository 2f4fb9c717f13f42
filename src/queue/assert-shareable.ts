import { MatrixError } from '../errors.js';
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
