import { sql, type Kysely } from 'kysely';
import {
  placeOf,
  RECORD_KINDS,
  toRecord,
  type ManifestEntry,
  type RecordKind,
  type StoredRecord,
} from '../../evidence/stored-record.js';
import type { DialogueEvidence } from '../../evidence/verify-run.js';
import { TABLE_OF } from './entered-rows.js';
import type { Tables } from './schema.js';

/** Dialogues read at a time, with all their calls. */
const PAGE = 50;

/** Where a record names its run and its dialogue. */
const KEYS: Record<RecordKind, { readonly run: string; readonly dialogue?: string }> = {
  run: { run: 'id' },
  judging: { run: 'run' },
  dialogue: { run: 'run', dialogue: 'id' },
  attempt: { run: 'run', dialogue: 'dialogue' },
  verdicts: { run: 'run', dialogue: 'dialogue' },
  call: { run: 'run', dialogue: 'dialogue' },
  pack: { run: 'run' },
  label: { run: 'run', dialogue: 'dialogue' },
};

/** The entries of a run, those that belong to no dialogue first, by dialogue. */
export async function* selectManifest(
  db: Kysely<Tables>,
  run: string,
): AsyncGenerator<readonly ManifestEntry[]> {
  for (const ids of pages(await selectIds(db, run))) {
    const entries = groupBy(await selectEntries(db, run, ids), ({ dialogue }) => dialogue);
    for (const id of ids) yield entries.get(id) ?? [];
  }
}

/** All records of a run with its manifest, those that belong to no dialogue first, by dialogue. */
export async function* selectEvidence(
  db: Kysely<Tables>,
  run: string,
): AsyncGenerator<DialogueEvidence> {
  for (const ids of pages(await selectIds(db, run))) {
    const entries = groupBy(await selectEntries(db, run, ids), ({ dialogue }) => dialogue);
    const records: StoredRecord[] = [];
    for (const kind of RECORD_KINDS) records.push(...(await selectRecords(db, run, kind, ids)));
    const found = groupBy(records, (record) => placeOf(record).dialogue);
    for (const id of ids) yield { records: found.get(id) ?? [], entries: entries.get(id) ?? [] };
  }
}

/**
 * Dialogues of which anything is left, the empty id of what belongs to none first: by the bytes of
 * their ids, as the engine sorts.
 */
async function selectIds(db: Kysely<Tables>, run: string): Promise<string[]> {
  const { rows } = await sql<{ dialogue: string }>`
    select dialogue from manifest where run = ${run}
    union select '' from runs where id = ${run}
    union select id from dialogues where run = ${run}
    union select dialogue from attempts where run = ${run}
    union select dialogue from verdicts where run = ${run}
    union select dialogue from calls where run = ${run}
    union select dialogue from labels where run = ${run}
    order by 1`.execute(db);
  return rows.map(({ dialogue }) => dialogue);
}

function* pages(ids: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < ids.length; start += PAGE) yield ids.slice(start, start + PAGE);
}

function selectEntries(
  db: Kysely<Tables>,
  run: string,
  ids: readonly string[],
): Promise<ManifestEntry[]> {
  return db
    .selectFrom('manifest')
    .select(['dialogue', 'kind', 'judging', 'id', 'hash'])
    .where('run', '=', run)
    .where('dialogue', 'in', ids)
    .execute();
}

async function selectRecords(
  db: Kysely<Tables>,
  run: string,
  kind: RecordKind,
  ids: readonly string[],
): Promise<StoredRecord[]> {
  const keys = KEYS[kind];
  if (keys.dialogue === undefined && !ids.includes('')) return [];
  const within =
    keys.dialogue === undefined ? sql`` : sql`and ${sql.ref(keys.dialogue)} in (${sql.join(ids)})`;
  const { rows } = await sql<object>`
    select * from ${sql.table(TABLE_OF[kind])}
    where ${sql.ref(keys.run)} = ${run} ${within}`.execute(db);
  return rows.map((row) => toRecord(kind, { ...row }));
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return groups;
}
