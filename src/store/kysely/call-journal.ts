import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { callSchema, describePlace, type Call, type Sitting } from '../../calls/call.js';
import { validate } from '../../read-file.js';
import { dialogueId, type DialogueKey } from '../run-record.js';
import type { CallUsage } from '../run-store.js';
import type { Tables } from './schema.js';
import { readSharedTexts } from './shared-texts.js';
import { readRecord, whole } from './stored-record.js';

const textsSchema = z.record(z.string(), z.string());

export function sittingColumns(sitting: Sitting): Pick<Tables['calls'], 'take' | 'judging'> {
  return 'take' in sitting
    ? { take: sitting.take, judging: '' }
    : { take: 0, judging: sitting.judging };
}

export async function selectCalls(
  db: Kysely<Tables>,
  run: string,
  key: DialogueKey,
  sitting: Sitting,
): Promise<Call[]> {
  const { take, judging } = sittingColumns(sitting);
  const rows = await selectOf(db, run, key)
    .selectAll()
    .where('take', '=', take)
    .where('judging', '=', judging)
    .orderBy('role')
    .orderBy('part')
    .orderBy('ordinal')
    .execute();
  if (rows.length === 0) return [];
  const texts = await selectTexts(db, run, key);
  return rows.map((row) => toCall(row, texts, `run ${run}, dialogue ${dialogueId(key)}`));
}

function toCall(
  row: Selectable<Tables['calls']>,
  texts: Map<string, string>,
  dialogue: string,
): Call {
  const where = `${dialogue}, ${describePlace(row)}`;
  return whole(where, () =>
    validate(
      {
        ...row,
        requestHash: row.request_hash,
        request: readSharedTexts(row.request, texts),
        answer: readSharedTexts(row.answer, texts),
        inputTokens: row.input_tokens,
        outputTokens: row.output_tokens,
        cachedTokens: row.cached_tokens ?? undefined,
      },
      where,
      callSchema,
    ),
  );
}

function selectOf(db: Kysely<Tables>, run: string, key: DialogueKey) {
  return db.selectFrom('calls').where('run', '=', run).where('dialogue', '=', dialogueId(key));
}

/** Of all sittings: in stores of 0.1.0 a judging refers to texts of the take that it judged. */
async function selectTexts(
  db: Kysely<Tables>,
  run: string,
  key: DialogueKey,
): Promise<Map<string, string>> {
  const rows = await selectOf(db, run, key).select('texts').where('texts', '!=', '{}').execute();
  const where = `run ${run}, dialogue ${dialogueId(key)}, texts of its calls`;
  return new Map(
    rows.flatMap(({ texts }) => Object.entries(readRecord(texts, where, textsSchema))),
  );
}

export async function selectSittings(
  db: Kysely<Tables>,
  run: string,
  key: DialogueKey,
): Promise<Sitting[]> {
  const rows = await selectOf(db, run, key)
    .select(['take', 'judging'])
    .distinct()
    .orderBy('judging')
    .orderBy('take')
    .execute();
  return rows.map(({ take, judging }) => (judging === '' ? { take } : { judging }));
}

export async function selectUsage(db: Kysely<Tables>, run: string): Promise<CallUsage[]> {
  const rows = await db
    .selectFrom('calls')
    .select(({ fn }) => [
      'judging',
      'role',
      'model',
      fn.countAll<number>().as('calls'),
      fn.sum<number | null>('input_tokens').as('inputTokens'),
      fn.sum<number | null>('output_tokens').as('outputTokens'),
      fn.sum<number | null>('cached_tokens').as('cachedTokens'),
    ])
    .where('run', '=', run)
    .groupBy(['judging', 'role', 'model'])
    .orderBy('judging')
    .orderBy('role')
    .orderBy('model', (order) => order.asc().nullsFirst())
    .execute();
  return rows.map((row) => ({
    ...row,
    judging: row.judging === '' ? null : row.judging,
    inputTokens: row.inputTokens ?? 0,
    outputTokens: row.outputTokens ?? 0,
    cachedTokens: row.cachedTokens ?? 0,
  }));
}
