import { CompiledQuery, sql, type Kysely } from 'kysely';
import { MatrixError } from '../../errors.js';
import type { Tables } from '../kysely/schema.js';
import { advisoryKey } from './advisory-key.js';
import { MIGRATIONS } from './migrations.js';

/**
 * Brings a database to the present schema, or leaves it as it is.
 * @param make whether to make a store where there is none
 * @throws MatrixError where it is of a newer version, or not there and not to be made
 */
export async function bringToPresent(
  db: Kysely<Tables>,
  name: string,
  make: boolean,
): Promise<void> {
  const version = await schemaOf(db, name);
  if (version === MIGRATIONS.length) return;
  if (version === 0 && !make) {
    throw new MatrixError(`there is no store at ${name}`, {
      mend: 'Make one with: matrix-sim run, or name it with --store.',
    });
  }
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${advisoryKey('migrate')}::bigint)`.execute(transaction);
    // Asked again: another process may have brought it there while this one waited.
    for (const migration of MIGRATIONS.slice(await schemaOf(transaction, name))) {
      await transaction.executeQuery(CompiledQuery.raw(migration));
    }
    const set = `create table if not exists matrix_sim_schema (version integer not null);
      delete from matrix_sim_schema;
      insert into matrix_sim_schema values (${MIGRATIONS.length});`;
    await transaction.executeQuery(CompiledQuery.raw(set));
  });
}

/**
 * 0 where there is no store. Read as rows: `to_regclass` may remember what was before a lock was waited
 * for. @throws MatrixError where it is of a newer version
 */
async function schemaOf(db: Kysely<Tables>, name: string): Promise<number> {
  const { rows } = await sql<{ is_there: boolean; encoding: string }>`
    select current_setting('server_encoding') as encoding, exists (
      select 1 from pg_tables
      where tablename = 'matrix_sim_schema' and schemaname = any (current_schemas(false))
    ) as is_there`.execute(db);
  assertUnicode(rows[0]?.encoding, name);
  if (!rows[0]?.is_there) return 0;
  const known = await sql<{ version: number }>`select version from matrix_sim_schema`.execute(db);
  const version = known.rows[0]?.version ?? 0;
  if (version <= MIGRATIONS.length) return version;
  throw new MatrixError(
    `store ${name} has schema ${version}, this version knows up to ${MIGRATIONS.length}`,
    { mend: 'Use the version of matrix-sim that wrote it, or a newer one.' },
  );
}

function assertUnicode(encoding: string | undefined, name: string): void {
  if (encoding === 'UTF8') return;
  throw new MatrixError(`store ${name} keeps its texts as ${encoding}, which lacks characters`, {
    mend: 'Make a database with: createdb --encoding UTF8 --template template0 NAME.',
  });
}
