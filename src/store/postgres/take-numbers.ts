import { sql, type Transaction } from 'kysely';
import type { Tables } from '../kysely/schema.js';
import { advisoryKey } from './advisory-key.js';

/** Until the end of the transaction; so what is numbered is also seen in the order of its numbers. */
export async function takeNumbers(transaction: Transaction<Tables>, run: string): Promise<void> {
  const key = advisoryKey('number', run);
  await sql`select pg_advisory_xact_lock(${key}::bigint)`.execute(transaction);
}
