import type { Transaction } from 'kysely';
import { MatrixError } from '../../errors.js';
import { describeRecord, placeOf, toRow, type StoredRecord } from '../../evidence/stored-record.js';
import { insert } from './entered-rows.js';
import type { Tables } from './schema.js';
import type { StoreEngine } from './store-engine.js';

/** Writes the records of a run in one transaction, each with its entry in the manifest. */
export function importRun(
  engine: StoreEngine,
  records: AsyncIterable<StoredRecord>,
): Promise<string> {
  return engine.db.transaction().execute(async (transaction) => {
    let run: string | undefined;
    for await (const record of records) {
      run ??= await beginImport(transaction, record);
      await insertRecord(engine, transaction, run, record);
    }
    if (run !== undefined) return run;
    throw new MatrixError('there is no run in it', { mend: 'Export it again.' });
  });
}

/** @returns the id of the run */
async function beginImport(
  transaction: Transaction<Tables>,
  { kind, columns }: StoredRecord,
): Promise<string> {
  const id = String(columns.id);
  if (kind !== 'run') {
    throw new MatrixError('the record of the run does not come first', {
      mend: 'Export it again.',
    });
  }
  const known = await transaction.selectFrom('runs').select('id').where('id', '=', id).execute();
  if (known.length === 0) return id;
  throw new MatrixError(`run ${id} is in the store already`, {
    mend: `Import it into another store with --store FILE, or remove it first: matrix-sim runs rm ${id}`,
  });
}

async function insertRecord(
  engine: StoreEngine,
  transaction: Transaction<Tables>,
  run: string,
  record: StoredRecord,
): Promise<void> {
  try {
    await insert(transaction, run, record.kind, toRow(record) as never);
  } catch (cause) {
    if (!engine.isConstraint(cause)) throw cause;
    throw new MatrixError(
      `${describeRecord(placeOf(record))}: is there twice, or what it belongs to does not come before it`,
      { mend: 'Export the run again.', cause },
    );
  }
}
