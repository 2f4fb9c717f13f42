import { MatrixError } from '../../errors.js';
import {
  dialogueId,
  judgingSchema,
  runRecordSchema,
  validitySchema,
  type DialogueKey,
} from '../run-record.js';
import type { JudgedAttempt, RunStore } from '../run-store.js';
import { selectCounting, selectDialogues, selectPage, toDialogue } from './dialogue-query.js';
import { CallWriter } from './call-writer.js';
import { selectCalls, selectSittings, selectUsage } from './call-journal.js';
import { enter, insert, insertNew } from './entered-rows.js';
import { importRun } from './import-run.js';
import { countListed, selectCounts, selectListed, selectNews } from './listed-dialogues.js';
import { selectEvidence, selectManifest } from './manifest.js';
import type { Tables } from './schema.js';
import { saveLabels, savePack, selectLabels, selectPacks } from './review-rows.js';
import { clearStop, isStopRequested, requestStop } from './stop-requests.js';
import type { StoreEngine } from './store-engine.js';
import { readRecord } from './stored-record.js';

/** Dialogues read at a time: a stream would hold the one connection against writers. */
const PAGE = 200;

/**
 * The run store that an engine carries.
 * @param writer of calls, which stores on one database share
 */
export function storeOn(engine: StoreEngine, writer = new CallWriter(engine)): RunStore {
  const { db, lease } = engine;
  return {
    createRun: async (run) => {
      const row = { id: run.id, created_at: run.createdAt, record: JSON.stringify(run) };
      const isNew = await db
        .transaction()
        .execute((transaction) => insertNew(transaction, run.id, 'run', row));
      if (isNew) return;
      throw new MatrixError(`run ${run.id} is in the store already`, {
        mend: `Give another --run-id, or go on with it: run --resume ${run.id}`,
      });
    },

    run: async (id) => {
      const row = await db
        .selectFrom('runs')
        .select('record')
        .where('id', '=', id)
        .executeTakeFirst();
      return row && readRecord(row.record, `run ${id}`, runRecordSchema);
    },

    runs: async () => {
      const rows = await db
        .selectFrom('runs')
        .select((query) => [
          'id',
          'record',
          query
            .selectFrom('attempts')
            .select(({ fn }) => fn.count<number>('dialogue').distinct().as('held'))
            .whereRef('attempts.run', '=', 'runs.id')
            .as('held'),
        ])
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(({ id, record, held }) => ({
        ...readRecord(record, `run ${id}`, runRecordSchema),
        held: held ?? 0,
      }));
    },

    lock: (run) => engine.lock(run),
    isLocked: (run) => engine.isLocked(run),
    requestStop: (run) => requestStop(db, run),
    isStopRequested: (run) => isStopRequested(db, run),
    clearStop: (run) => clearStop(db, run),

    removeRun: async (id) => {
      await db.deleteFrom('runs').where('id', '=', id).execute();
    },

    beginDialogue: async (run, key) => {
      const { scenario, agent, repeat } = key;
      const row = { run, id: dialogueId(key), scenario, agent, repeat, restarts: 0 };
      await engine.alter(run, (transaction) => insertNew(transaction, run, 'dialogue', row));
    },

    saveAttempt: (run, key, attempt, judged) =>
      engine.write(run, async (transaction) => {
        const dialogue = dialogueId(key);
        const { last } = await transaction
          .selectFrom('attempts')
          .select(({ fn }) => fn.max<number | null>('number').as('last'))
          .where('run', '=', run)
          .where('dialogue', '=', dialogue)
          .executeTakeFirstOrThrow();
        const number = (last ?? 0) + 1;
        const record = JSON.stringify(attempt);
        const { standing } = attempt;
        await insert(transaction, run, 'attempt', { run, dialogue, number, standing, record });
        if (judged) {
          await insert(transaction, run, 'verdicts', verdictsRow(run, dialogue, number, judged));
        }
        await engine.onAttempt?.(transaction, attempt);
      }),

    saveJudgement: (run, key, judged) =>
      engine.write(run, async (transaction) => {
        const dialogue = dialogueId(key);
        const attempt = await selectCounting(transaction, run, dialogue);
        if (attempt == null) throw new Error(`dialogue ${dialogue} has no attempt to be judged`);
        await insertNew(transaction, run, 'verdicts', verdictsRow(run, dialogue, attempt, judged));
        await engine.onJudgement?.(transaction);
      }),

    restartDialogue: (run, key) =>
      engine.write(run, async (transaction) => {
        const row = await transaction
          .updateTable('dialogues')
          .set(({ eb }) => ({ restarts: eb('restarts', '+', 1) }))
          .where('run', '=', run)
          .where('id', '=', dialogueId(key))
          .returningAll()
          .executeTakeFirst();
        if (row) await enter(transaction, run, 'dialogue', row);
      }),

    journal: (run, key, sitting) => writer.journal(run, key, sitting, lease),
    calls: (run, key, sitting) => selectCalls(db, run, key, sitting),
    sittings: (run, key) => selectSittings(db, run, key),
    usage: (run) => selectUsage(db, run),

    saveJudging: (run, judging) =>
      engine.write(run, async (transaction) => {
        const { number } = await transaction
          .selectFrom('judgings')
          .select(({ fn }) => fn.countAll<number>().as('number'))
          .where('run', '=', run)
          .executeTakeFirstOrThrow();
        const row = { run, id: judging.id, number, record: JSON.stringify(judging) };
        await insertNew(transaction, run, 'judging', row);
      }),

    judgings: async (run) => {
      const rows = await db
        .selectFrom('judgings')
        .select('record')
        .where('run', '=', run)
        .orderBy('number')
        .execute();
      return rows.map(({ record }) => readRecord(record, `run ${run}, a judging`, judgingSchema));
    },

    async *dialogues(run, judging) {
      for (let last: DialogueKey | undefined; ;) {
        const rows = await selectPage(engine, run, judging, last, PAGE);
        for (const row of rows) yield toDialogue(run, row);
        last = rows.at(-1);
        if (rows.length < PAGE) return;
      }
    },

    dialogue: async (run, key, judging) => {
      const row = await selectDialogues(engine, run, judging)
        .where('dialogues.id', '=', dialogueId(key))
        .executeTakeFirst();
      return row && toDialogue(run, row);
    },

    findDialogues: (run, judging, filter, page) => selectListed(db, run, judging, filter, page),
    countDialogues: (run, judging, filter, most) => countListed(db, run, judging, filter, most),
    countOutcomes: (run, judging) => selectCounts(db, run, judging),
    failuresSince: (run, mark, limit) => selectNews(db, run, mark, limit),

    saveValidity: async (validity) => {
      const record = JSON.stringify(validity);
      await db
        .insertInto('validities')
        .values({ judge_fingerprint: validity.judgeFingerprint, dataset: validity.dataset, record })
        .onConflict((conflict) =>
          conflict.columns(['judge_fingerprint', 'dataset']).doUpdateSet({ record }),
        )
        .execute();
    },

    validities: async (judgeFingerprint) => {
      const rows = await db
        .selectFrom('validities')
        .select('record')
        .where('judge_fingerprint', '=', judgeFingerprint)
        .orderBy('dataset')
        .execute();
      return rows.map(({ record }) => readRecord(record, 'a stored validity', validitySchema));
    },

    savePack: (run, pack) => savePack(engine, run, pack),
    packs: (run) => selectPacks(db, run),
    saveLabels: (run, labels) => saveLabels(engine, run, labels),
    labels: (run) => selectLabels(db, run),

    manifest: (run) => selectManifest(db, run),
    evidence: (run) => selectEvidence(db, run),
    importRun: (records) => importRun(engine, records),

    close: () => db.destroy(),
  };
}

function verdictsRow(
  run: string,
  dialogue: string,
  attempt: number,
  { judging, judgement }: JudgedAttempt,
): Tables['verdicts'] {
  return { run, judging, dialogue, attempt, record: JSON.stringify(judgement) };
}
