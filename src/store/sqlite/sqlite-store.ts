import { Kysely, sql, SqliteDialect } from 'kysely';
import { storeOn } from '../kysely/kysely-store.js';
import type { Tables } from '../kysely/schema.js';
import type { RunStore } from '../run-store.js';
import { openDatabase } from './open-database.js';
import { isRunLocked, lockRun } from './run-lock.js';
import { isConstraint } from './store-error.js';
import { writeCalls } from './write-calls.js';

const faultsFound = sql<number | null>`json_array_length(
  case when json_valid(every.record) then every.record end, '$.patientFaults')`;

/** A run store in one SQLite file. @throws MatrixError where the file cannot be used */
export function openSqliteStore(file: string): RunStore {
  const database = openDatabase(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  return storeOn({
    db,
    faultsFound,
    // One writes at a time, whatever the run.
    write: (_, work) => db.transaction().execute(work),
    alter: (_, work) => db.transaction().execute(work),
    // The connection is Kysely's, so that no transaction of its own is open meanwhile.
    writeCalls: (take) =>
      db.connection().execute(() => {
        writeCalls(database, take());
        return Promise.resolve([]);
      }),
    isConstraint,
    lock: (run) => new Promise((resolve) => resolve(lockRun(file, run))),
    isLocked: (run) => Promise.resolve(isRunLocked(file, run)),
  });
}
