import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { SqliteDatabase } from 'kysely';
import Database from 'libsql';
import { MatrixError, reasonOf } from '../../errors.js';
import { guardStatements } from './guarded-statements.js';
import { MIGRATIONS } from './migrations.js';
import { ENGINE_PATIENCE, patiently } from './patiently.js';
import { copyToRead, isReadOnly } from './read-only-copy.js';
import { storeError } from './store-error.js';

/**
 * Opens or creates a database file and brings it to the present schema; of one that cannot be
 * written a copy, which takes no writes.
 * @throws MatrixError where the file cannot be opened or is of a newer version
 */
export function openDatabase(file: string): SqliteDatabase {
  try {
    if (isReadOnly(file)) return openCopy(file);
    makeFolder(path.dirname(file));
    return guardStatements(connect(file, file), file);
  } catch (cause) {
    const error = storeError(cause, file);
    if (error instanceof MatrixError) throw error;
    throw new MatrixError(`store ${file} cannot be opened: ${reasonOf(cause)}`, {
      mend: 'Check the path and its permissions, or name another file with --store.',
      cause,
    });
  }
}

function openCopy(file: string): SqliteDatabase {
  const copy = copyToRead(file);
  try {
    const database = connect(copy.file, file);
    database.exec('pragma query_only = on');
    const guarded = guardStatements(database, file);
    const close = () => {
      guarded.close();
      copy.remove();
    };
    return { ...guarded, close };
  } catch (error) {
    copy.remove();
    throw error;
  }
}

/** Not recursive: below /proc a recursive mkdir of Node 20 never returns. */
function makeFolder(folder: string): void {
  try {
    if (!existsSync(folder)) mkdirSync(folder);
  } catch (error) {
    // Another run may have made it in the meantime.
    if (!existsSync(folder)) throw error;
  }
}

function connect(file: string, name: string): Database.Database {
  const database = new Database(file);
  try {
    database.exec(`pragma busy_timeout = ${ENGINE_PATIENCE}`);
    patiently(() => database.exec('pragma journal_mode = wal'));
    database.exec('pragma synchronous = normal');
    database.exec('pragma foreign_keys = on');
    migrate(database, name);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Database.Database, file: string): void {
  if (schemaOf(database, file) === MIGRATIONS.length) return;
  patiently(() => database.exec('begin immediate'));
  try {
    // Asked again: another process may have brought it there while this one waited.
    for (const sql of MIGRATIONS.slice(schemaOf(database, file))) database.exec(sql);
    database.exec(`pragma user_version = ${MIGRATIONS.length}`);
    database.exec('commit');
  } catch (error) {
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
}

/** @throws MatrixError where it is of a newer version */
function schemaOf(database: Database.Database, file: string): number {
  const row = patiently(() => database.prepare('pragma user_version').get());
  const version = (row as { user_version: number }).user_version;
  if (version <= MIGRATIONS.length) return version;
  throw new MatrixError(
    `store ${file} has schema ${version}, this version knows up to ${MIGRATIONS.length}`,
    { mend: 'Use the version of matrix-sim that wrote it, or a newer one.' },
  );
}
