import type { Kysely } from 'kysely';
import type { Tables } from './schema.js';

export async function requestStop(db: Kysely<Tables>, run: string): Promise<void> {
  await db
    .insertInto('stop_requests')
    .values({ run })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function isStopRequested(db: Kysely<Tables>, run: string): Promise<boolean> {
  const rows = await db.selectFrom('stop_requests').select('run').where('run', '=', run).execute();
  return rows.length > 0;
}

export async function clearStop(db: Kysely<Tables>, run: string): Promise<void> {
  await db.deleteFrom('stop_requests').where('run', '=', run).execute();
}
