import type { Kysely, Transaction } from 'kysely';
import { MatrixError } from '../../errors.js';
import { labelSchema, packSchema, type DialogueLabel, type Pack } from '../review-record.js';
import { insert, insertNew } from './entered-rows.js';
import type { Tables } from './schema.js';
import type { StoreEngine } from './store-engine.js';
import { readRecord } from './stored-record.js';

export function savePack(engine: StoreEngine, run: string, pack: Pack): Promise<void> {
  return engine.write(run, async (transaction) => {
    const { number } = await transaction
      .selectFrom('packs')
      .select(({ fn }) => fn.countAll<number>().as('number'))
      .where('run', '=', run)
      .executeTakeFirstOrThrow();
    const row = { run, id: pack.id, number, record: JSON.stringify(pack) };
    if (await insertNew(transaction, run, 'pack', row)) return;
    throw new MatrixError(`run ${run} has a review pack ${pack.id} already`, {
      mend: 'Export it again: each export has an id of its own.',
    });
  });
}

export async function selectPacks(db: Kysely<Tables>, run: string): Promise<Pack[]> {
  const rows = await db
    .selectFrom('packs')
    .select(['id', 'record'])
    .where('run', '=', run)
    .orderBy('number')
    .execute();
  return rows.map(({ id, record }) => readRecord(record, `run ${run}, pack ${id}`, packSchema));
}

export function saveLabels(
  engine: StoreEngine,
  run: string,
  labels: readonly DialogueLabel[],
): Promise<void> {
  return engine.write(run, async (transaction) => {
    for (const each of labels) await saveLabel(transaction, run, each);
  });
}

async function saveLabel(
  transaction: Transaction<Tables>,
  run: string,
  { dialogue, label }: DialogueLabel,
): Promise<void> {
  const { author } = label;
  const { number } = await transaction
    .selectFrom('labels')
    .select(({ fn }) => fn.countAll<number>().as('number'))
    .where('run', '=', run)
    .where('dialogue', '=', dialogue)
    .where('author', '=', author)
    .executeTakeFirstOrThrow();
  const record = JSON.stringify(label);
  await insert(transaction, run, 'label', { run, dialogue, author, number: number + 1, record });
}

export async function selectLabels(db: Kysely<Tables>, run: string): Promise<DialogueLabel[]> {
  const rows = await db
    .selectFrom('labels')
    .select(['dialogue', 'author', 'number', 'record'])
    .where('run', '=', run)
    .orderBy('dialogue')
    .orderBy('author')
    .orderBy('number')
    .execute();
  return rows.map(({ dialogue, author, number, record }) => ({
    dialogue,
    label: readRecord(record, `run ${run}, ${dialogue}, label ${number} of ${author}`, labelSchema),
  }));
}
