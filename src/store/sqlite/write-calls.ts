import type { SqliteDatabase } from 'kysely';
import type { EnteredCall } from '../kysely/store-engine.js';

const COLUMNS = [
  ...(['run', 'dialogue', 'take', 'judging', 'role', 'part', 'ordinal', 'model'] as const),
  ...(['request_hash', 'request', 'answer', 'texts'] as const),
  ...(['input_tokens', 'output_tokens', 'cached_tokens', 'latency', 'attempts'] as const),
];
const INSERT_CALL = `insert into calls (${COLUMNS.join()}) values (${COLUMNS.map(() => '?').join()})`;
const INSERT_ENTRY =
  'insert or replace into manifest (run, dialogue, kind, judging, id, hash) values (?, ?, ?, ?, ?, ?)';

/**
 * Writes calls in one transaction. Statements go to the driver directly, since compiling a query
 * costs more than the insert.
 */
export function writeCalls(database: SqliteDatabase, calls: readonly EnteredCall[]): void {
  const run = (sql: string, values: readonly unknown[] = []) => database.prepare(sql).run(values);
  run('begin immediate');
  try {
    for (const { call, entry } of calls) {
      const { dialogue, kind, judging, id, hash } = entry;
      run(
        INSERT_CALL,
        COLUMNS.map((name) => call[name]),
      );
      run(INSERT_ENTRY, [call.run, dialogue, kind, judging, id, hash]);
    }
    run('commit');
  } catch (error) {
    tryRollback(database);
    throw error;
  }
}

function tryRollback(database: SqliteDatabase): void {
  try {
    database.prepare('rollback').run([]);
  } catch {
    // The engine has rolled back already.
  }
}
