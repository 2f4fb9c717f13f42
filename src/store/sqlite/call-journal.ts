import type { Kysely, SqliteDatabase } from 'kysely';
import { callSchema, type Call, type CallJournal } from '../../calls/call.js';
import { validate } from '../../read-file.js';
import { dialogueId, type DialogueKey } from '../run-record.js';
import type { CallUsage } from '../run-store.js';
import type { Tables } from './schema.js';
import { readSharedTexts, SharedTexts, type Shared } from './shared-texts.js';

type Row = readonly (string | number | null)[];

interface Waiting {
  readonly call: Row;
  readonly kept: () => void;
  readonly lost: (error: unknown) => void;
}

const INSERT_CALL = `insert into calls (run, dialogue, take, role, ordinal, model, request_hash,
  request, answer, texts, input_tokens, output_tokens, latency, attempts)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

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

  journal(run: string, key: DialogueKey, take: number): CallJournal {
    const shared = new SharedTexts();
    const place = [run, dialogueId(key), take] as const;
    return {
      record: (call) => {
        const request = shared.write(call.request);
        const answer = shared.write(call.answer);
        return this.#keep([...place, ...columnsOf(call, request, answer)]);
      },
    };
  }

  #keep(call: Row): Promise<void> {
    return new Promise((kept, lost) => {
      this.#waiting.push({ call, kept, lost });
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
    const run = (sql: string, values: Row = []) => this.#database.prepare(sql).run(values);
    run('begin immediate');
    try {
      for (const { call } of group) run(INSERT_CALL, call);
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

function columnsOf(call: Call, request: Shared, answer: Shared): Row {
  return [
    call.role,
    call.ordinal,
    call.model,
    call.requestHash,
    request.json,
    answer.json,
    JSON.stringify({ ...request.fresh, ...answer.fresh }),
    call.inputTokens,
    call.outputTokens,
    call.latency,
    call.attempts,
  ];
}

/** The calls of one take, by default the last that has any. */
export async function selectCalls(
  db: Kysely<Tables>,
  run: string,
  key: DialogueKey,
  take: number | undefined,
): Promise<Call[]> {
  const dialogue = dialogueId(key);
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where('run', '=', run)
    .where('dialogue', '=', dialogue)
    .where('take', '=', (query) =>
      take === undefined
        ? query
            .selectFrom('calls as any')
            .select(({ fn }) => fn.max<number>('any.take').as('last'))
            .where('any.run', '=', run)
            .where('any.dialogue', '=', dialogue)
        : query.val(take),
    )
    .orderBy('role')
    .orderBy('ordinal')
    .execute();
  const texts = new Map(
    rows.flatMap((row) => Object.entries(JSON.parse(row.texts) as Record<string, string>)),
  );
  return rows.map((row) =>
    validate(
      {
        ...row,
        requestHash: row.request_hash,
        request: readSharedTexts(row.request, texts),
        answer: readSharedTexts(row.answer, texts),
        inputTokens: row.input_tokens,
        outputTokens: row.output_tokens,
      },
      `stored call ${row.ordinal} of ${row.role} in ${dialogue}`,
      callSchema,
    ),
  );
}

export async function selectTakes(
  db: Kysely<Tables>,
  run: string,
  key: DialogueKey,
): Promise<number[]> {
  const rows = await db
    .selectFrom('calls')
    .select('take')
    .distinct()
    .where('run', '=', run)
    .where('dialogue', '=', dialogueId(key))
    .orderBy('take')
    .execute();
  return rows.map(({ take }) => take);
}

export async function selectUsage(db: Kysely<Tables>, run: string): Promise<CallUsage[]> {
  const rows = await db
    .selectFrom('calls')
    .select(({ fn }) => [
      'role',
      'model',
      fn.countAll<number>().as('calls'),
      fn.sum<number | null>('input_tokens').as('inputTokens'),
      fn.sum<number | null>('output_tokens').as('outputTokens'),
    ])
    .where('run', '=', run)
    .groupBy(['role', 'model'])
    .orderBy('role')
    .orderBy('model')
    .execute();
  return rows.map((row) => ({
    ...row,
    inputTokens: row.inputTokens ?? 0,
    outputTokens: row.outputTokens ?? 0,
  }));
}
