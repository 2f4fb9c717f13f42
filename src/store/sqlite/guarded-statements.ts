import { isUtf8 } from 'node:buffer';
import type { SqliteDatabase } from 'kysely';
import type Database from 'libsql';
import { patiently } from './patiently.js';
import { storeError } from './store-error.js';

const NOTHING_DONE = { changes: 0, lastInsertRowid: 0 };

/**
 * libsql aborts the whole process when it is given a boolean, a Date or a typed array, and when it
 * takes out a text that is not UTF-8. This is the one place where values pass to the driver and back.
 */
export function guardStatements(database: Database.Database, file: string): SqliteDatabase {
  const named = <T>(work: () => T): T => {
    try {
      return database.inTransaction ? work() : patiently(work);
    } catch (cause) {
      throw storeError(cause, file);
    }
  };
  // A statement holds memory that the garbage collector does not see, so each is prepared once.
  const prepared = new Map<string, Database.Statement>();
  const prepare = (sql: string) => {
    const statement = prepared.get(sql) ?? named(() => prepareSafely(database, sql));
    prepared.set(sql, statement);
    return statement;
  };
  return {
    close: () => database.close(),
    prepare: (sql) => {
      // Begun otherwise, a transaction that reads first is refused its writes once another has written.
      const statement = prepare(sql === 'begin' ? 'begin immediate' : sql);
      const guarded = (values: readonly unknown[]) => values.map(assertBindable);
      return {
        reader: statement.reader,
        all: (values) => named(() => statement.all(...guarded(values)).map(withTexts)),
        run: (values) =>
          named(() => {
            // The engine rolls back by itself where the disk is full, and then has nothing to roll back.
            if (sql === 'rollback' && !database.inTransaction) return NOTHING_DONE;
            return statement.run(...guarded(values));
          }),
        *iterate(values) {
          yield* named(() => statement.all(...guarded(values)).map(withTexts));
        },
      };
    },
  };
}

/** As it stands, but for texts, which a query gives as their bytes. */
function prepareSafely(database: Database.Database, sql: string): Database.Statement {
  const statement = database.prepare(sql);
  if (!statement.reader || !sql.trimStart().startsWith('select')) return statement;
  const columns = (statement.columns() as unknown as readonly { name: string }[])
    .map(({ name }) => `"${name}"`)
    .map(
      (name) =>
        `case typeof(${name}) when 'text' then cast(${name} as blob) else ${name} end as ${name}`,
    );
  return database.prepare(`select ${columns.join()} from (${sql})`);
}

function withTexts(row: unknown): unknown {
  const values = Object.entries(row as object).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof ArrayBuffer || Buffer.isBuffer(value)
      ? textOf(Buffer.from(value as never))
      : value,
  ]);
  return Object.fromEntries(values) as unknown;
}

/** Bytes that are no UTF-8 begin with U+FFFD, so that no record among them is taken for whole. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return isUtf8(bytes) ? text : `\uFFFD${text}`;
}

function assertBindable(value: unknown): unknown {
  const bindable =
    value === null ||
    ['string', 'number', 'bigint'].includes(typeof value) ||
    Buffer.isBuffer(value);
  if (!bindable) throw new TypeError(`the store cannot bind a value of type ${typeof value}`);
  return value;
}
