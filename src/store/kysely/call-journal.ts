import type { Kysely, Selectable, SqliteDatabase } from 'kysely';
import { z } from 'zod';
import { callSchema, describePlace, type Call, type Sitting } from '../../calls/call.js';
import type { CallJournal } from '../../calls/recording.js';
import { entryOf, toRecord, type ManifestEntry } from '../../evidence/stored-record.js';
import { validate } from '../../read-file.js';
import { dialogueId, type DialogueKey } from '../run-record.js';
import type { CallUsage } from '../run-store.js';
import { entryValues, INSERT_ENTRY } from './manifest.js';
import type { Tables } from './schema.js';
import { readSharedTexts, SharedTexts, type Shared } from './shared-texts.js';
import { readRecord, whole } from './stored-record.js';

const textsSchema = z.record(z.string(), z.string());

type Row = Tables['calls'];

interface Waiting {
  readonly call: Row;
  readonly entry: ManifestEntry;
  readonly kept: () => void;
  readonly lost: (error: unknown) => void;
}

const COLUMNS = [
  ...(['run', 'dialogue', 'take', 'judging', 'role', 'part', 'ordinal', 'model'] as const),
  ...(['request_hash', 'request', 'answer', 'texts'] as const),
  ...(['input_tokens', 'output_tokens', 'cached_tokens', 'latency', 'attempts'] as const),
];
const INSERT_CALL = `insert into calls (${COLUMNS.join()}) values (${COLUMNS.map(() => '?').join()})`;

/**
 * Writes calls in groups: what comes in while a commit is under way shares the next one. Statements
 * go to the driver directly, since compiling a query costs more than the insert.
 */
export class CallWriter {
  readonly #db: Kysely<Tables>;
  readonly #database: SqliteDatabase;
  #waiting: Waiting[] = [];
  #scheduled = false;

  constructor(db: Kysely<Tables>, database: SqliteDatabase) {
    this.#db = db;
    this.#database = database;
  }

  journal(run: string, key: DialogueKey, sitting: Sitting): CallJournal {
    const shared = new SharedTexts();
    const { take, judging } = sittingColumns(sitting);
    const place = { run, dialogue: dialogueId(key), take, judging };
    return {
      record: (call) => {
        const request = shared.write(call.request);
        const answer = shared.write(call.answer);
        return this.#keep({ ...place, ...columnsOf(call, request, answer) });
      },
    };
  }

  #keep(call: Row): Promise<void> {
    const entry = entryOf(toRecord('call', call));
    return new Promise((kept, lost) => {
      this.#waiting.push({ call, entry, kept, lost });
      if (this.#scheduled) return;
      this.#scheduled = true;
      setImmediate(() => void this.#commitGroup());
    });
  }

  /** The connection is Kysely's, so that no transaction of its own is open meanwhile. */
  async #commitGroup(): Promise<void> {
    let group: Waiting[] = [];
    try {
      await this.#db.connection().execute(() => {
        this.#scheduled = false;
        group = this.#waiting.splice(0);
        this.#insert(group);
        return Promise.resolve();
      });
      for (const { kept } of group) kept();
    } catch (error) {
      this.#scheduled = false;
      for (const { lost } of [...group, ...this.#waiting.splice(0)]) lost(error);
    }
  }

  #insert(group: readonly Waiting[]): void {
    const run = (sql: string, values: readonly unknown[] = []) =>
      this.#database.prepare(sql).run(values);
    run('begin immediate');
    try {
      for (const { call, entry } of group) {
        run(
          INSERT_CALL,
          COLUMNS.map((name) => call[name]),
        );
        run(INSERT_ENTRY, entryValues(call.run, entry));
      }
      run('commit');
    } catch (error) {
      tryRollback(this.#database);
      throw error;
    }
  }
}

function tryRollback(database: SqliteDatabase): void {
  try {
    database.prepare('rollback').run([]);
  } catch {
    // The engine has rolled back already.
  }
}

function columnsOf(
  call: Call,
  request: Shared,
  answer: Shared,
): Omit<Row, 'run' | 'dialogue' | 'take' | 'judging'> {
  const { role, part, ordinal, model, latency, attempts } = call;
  return {
    ...{ role, part, ordinal, model, latency, attempts },
    request_hash: call.requestHash,
    request: request.json,
    answer: answer.json,
    texts: JSON.stringify({ ...request.fresh, ...answer.fresh }),
    input_tokens: call.inputTokens,
    output_tokens: call.outputTokens,
    cached_tokens: call.cachedTokens ?? null,
  };
}

function sittingColumns(sitting: Sitting): Pick<Tables['calls'], 'take' | 'judging'> {
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
    .orderBy('model')
    .execute();
  return rows.map((row) => ({
    ...row,
    judging: row.judging === '' ? null : row.judging,
    inputTokens: row.inputTokens ?? 0,
    outputTokens: row.outputTokens ?? 0,
    cachedTokens: row.cachedTokens ?? 0,
  }));
}
