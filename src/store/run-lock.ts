import { rmSync } from 'node:fs';
import Database from 'libsql';
import { MatrixError } from '../errors.js';
import { besideStore } from './beside-store.js';
import { isLocked, storeError } from './sqlite/store-error.js';

export interface RunLock {
  release(): void;
}

/**
 * Takes a run for this process: an exclusive lock of the operating system on a file beside the
 * store, so that it dies with the process however that ends.
 * @throws MatrixError where another process holds it, or no file can be written there
 */
export function lockRun(store: string, run: string): RunLock {
  const file = besideStore(store, `${run}.lock`);
  const database = takeLock(file, store, run);
  return {
    release: () => {
      database.exec('rollback');
      database.close();
      rmSync(file, { force: true });
    },
  };
}

function takeLock(file: string, store: string, run: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    database.exec('pragma busy_timeout = 0');
    database.exec('begin exclusive');
    return database;
  } catch (cause) {
    database?.close();
    if (!isLocked(cause)) throw storeError(cause, store);
    throw new MatrixError(`run ${run} is being worked on by another process`, {
      mend: 'Wait until it ends, or stop it; what it has stored stays.',
      cause,
    });
  }
}
