import { existsSync, rmSync } from 'node:fs';
import Database from 'libsql';
import { MatrixError } from '../../errors.js';
import { besideStore } from '../beside-store.js';
import { runTaken } from '../kysely/store-engine.js';
import type { RunLock } from '../run-store.js';
import { isLocked, storeError } from './store-error.js';

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
      return Promise.resolve();
    },
  };
}

/** Whether some process works on a run now; a file that a killed one left behind is no lock. */
export function isRunLocked(store: string, run: string): boolean {
  const file = besideStore(store, `${run}.lock`);
  if (!existsSync(file)) return false;
  let database: Database.Database | undefined;
  try {
    database = new Database(file);
    database.exec('pragma busy_timeout = 0');
    database.exec('begin exclusive');
    database.exec('rollback');
    return false;
  } catch (cause) {
    return isLocked(cause);
  } finally {
    database?.close();
  }
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
    if (!isLocked(cause)) throw unwritable(cause, file, store);
    throw runTaken(run, cause);
  }
}

/** The engine gives no code where it cannot make the file. */
function unwritable(cause: unknown, file: string, store: string): unknown {
  const error = storeError(cause, store);
  if (error instanceof MatrixError) return error;
  return new MatrixError(`store ${store} can be read, but not written: ${file} cannot be made`, {
    mend: 'Mend the permissions of that folder, or make room; what is stored stays.',
    cause,
  });
}
