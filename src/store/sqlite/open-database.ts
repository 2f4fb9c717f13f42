import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { SqliteDatabase } from 'kysely';
import Database from 'libsql';
import { EXIT, MatrixError } from '../../errors.js';
import { MIGRATIONS } from './migrations.js';

/**
 * Opens or creates a database file and brings it to the present schema.
 * @throws MatrixError where the file cannot be opened or is of a newer version
 */
export function openDatabase(file: string): SqliteDatabase {
  try {
    const folder = path.dirname(file);
    // Not recursive: below /proc a recursive mkdir of Node 20 never returns.
    if (!existsSync(folder)) mkdirSync(folder);
    const database = new Database(file);
    database.exec('pragma busy_timeout = 5000');
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = normal');
    database.exec('pragma foreign_keys = on');
    migrate(database, file);
    return guardStatements(database, file);
  } catch (cause) {
    if (cause instanceof MatrixError) throw cause;
    throw new MatrixError(`store ${file} cannot be opened: ${(cause as Error).message}`, {
      mend: 'Check the path and its permissions, or name another file with --store.',
      cause,
    });
  }
}

function migrate(database: Database.Database, file: string): void {
  const row = database.prepare('pragma user_version').get() as { user_version: number };
  const version = row.user_version;
  if (version > MIGRATIONS.length) {
    throw new MatrixError(
      `store ${file} has schema ${version}, this version knows up to ${MIGRATIONS.length}`,
      {
        mend: 'Use the version of matrix-sim that wrote it, or a newer one.',
      },
    );
  }
  MIGRATIONS.slice(version).forEach((sql, index) => {
    database.exec(`begin immediate; ${sql} pragma user_version = ${version + index + 1}; commit;`);
  });
}

const NOTHING_DONE = { changes: 0, lastInsertRowid: 0 };

/**
 * libsql aborts the whole process when it is given a boolean, a Date or a typed array, so nothing
 * else may reach it. This is the one place where values pass to the driver.
 */
function guardStatements(database: Database.Database, file: string): SqliteDatabase {
  const named = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      throw storeError(cause, file);
    }
  };
  // A statement holds memory that the garbage collector does not see, so each is prepared once.
  const prepared = new Map<string, Database.Statement>();
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = prepared.get(sql) ?? database.prepare(sql);
      prepared.set(sql, statement);
      const guarded = (values: readonly unknown[]) => values.map(assertBindable);
      return {
        reader: statement.reader,
        all: (values) => named(() => statement.all(...guarded(values))),
        run: (values) =>
          named(() => {
            // The engine rolls back by itself where the disk is full, and then has nothing to roll back.
            if (sql === 'rollback' && !database.inTransaction) return NOTHING_DONE;
            return statement.run(...guarded(values));
          }),
        iterate: (values) => statement.iterate(...guarded(values)),
      };
    },
  };
}

/** A failure of the medium is the user's to mend and names the file; any other is a defect. */
function storeError(cause: unknown, file: string): unknown {
  const { code = '', message = '' } = cause as { code?: string; message?: string };
  if (!/FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|BUSY|LOCKED/.test(code)) return cause;
  return new MatrixError(`store ${file} cannot be used: ${message}`, {
    mend: 'Make room, or mend the permissions; what is stored stays, and run --resume goes on from it.',
    exitCode: EXIT.incomplete,
    cause,
  });
}

function assertBindable(value: unknown): unknown {
  const bindable =
    value === null ||
    ['string', 'number', 'bigint'].includes(typeof value) ||
    Buffer.isBuffer(value);
  if (!bindable) throw new TypeError(`the store cannot bind a value of type ${typeof value}`);
  return value;
}
