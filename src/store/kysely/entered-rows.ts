import type { Insertable, Transaction } from 'kysely';
import { entryOf, toRecord, type RecordKind } from '../../evidence/stored-record.js';
import type { Tables } from './schema.js';

/** The table of each kind of record. */
export const TABLE_OF = {
  run: 'runs',
  judging: 'judgings',
  dialogue: 'dialogues',
  attempt: 'attempts',
  verdicts: 'verdicts',
  call: 'calls',
  pack: 'packs',
  label: 'labels',
} as const satisfies Record<RecordKind, keyof Tables>;

/** A row with all its columns: what is entered is what is stored. */
type RowOf<K extends RecordKind> = Required<Insertable<Tables[(typeof TABLE_OF)[K]]>>;

/** Writes a row of a run, and enters it into the run's manifest. */
export async function insert<K extends RecordKind>(
  transaction: Transaction<Tables>,
  run: string,
  kind: K,
  row: RowOf<K>,
): Promise<void> {
  await transaction
    .insertInto(TABLE_OF[kind])
    .values(row as never)
    .execute();
  await enter(transaction, run, kind, row);
}

/** As {@link insert}, where the row is not there yet. @returns whether it was not */
export async function insertNew<K extends RecordKind>(
  transaction: Transaction<Tables>,
  run: string,
  kind: K,
  row: RowOf<K>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto(TABLE_OF[kind])
    .values(row as never)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) return false;
  await enter(transaction, run, kind, row);
  return true;
}

/** Enters a row as it is now. */
export async function enter(
  transaction: Transaction<Tables>,
  run: string,
  kind: RecordKind,
  row: object,
): Promise<void> {
  const entry = entryOf(toRecord(kind, { ...row }));
  await transaction
    .insertInto('manifest')
    .values({ run, ...entry })
    .onConflict((conflict) =>
      conflict
        .columns(['run', 'dialogue', 'kind', 'judging', 'id'])
        .doUpdateSet({ hash: entry.hash }),
    )
    .execute();
}
