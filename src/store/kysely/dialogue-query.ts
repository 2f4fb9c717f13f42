import { sql, type Kysely } from 'kysely';
import {
  attemptSchema,
  dialogueId,
  storedJudgementSchema,
  type DialogueKey,
  type StoredDialogue,
} from '../run-record.js';
import type { Tables } from './schema.js';
import type { StoreEngine } from './store-engine.js';
import { readRecord } from './stored-record.js';

/** The number of the attempt that counts: the last conclusive one, else the last. */
const counting = sql<number>`(
  select number from attempts as candidate
  where candidate.run = dialogues.run and candidate.dialogue = dialogues.id
  order by candidate.standing in ('valid', 'not-exposed') desc, number desc limit 1)`;

/**
 * Dialogues with the attempt that counts and the verdicts of one judging, by default the latest, on
 * that attempt.
 */
export function selectDialogues(
  { db, faultsFound }: Pick<StoreEngine, 'db' | 'faultsFound'>,
  run: string,
  judging: string | undefined,
) {
  const chosen =
    judging === undefined
      ? sql<string>`(select id from judgings where run = ${run} order by number desc limit 1)`
      : sql<string>`${judging}`;
  return db
    .selectFrom('dialogues')
    .leftJoin('attempts', (join) =>
      join
        .onRef('attempts.run', '=', 'dialogues.run')
        .onRef('attempts.dialogue', '=', 'dialogues.id')
        .on('attempts.number', '=', counting),
    )
    .leftJoin('verdicts', (join) =>
      join
        .onRef('verdicts.run', '=', 'dialogues.run')
        .onRef('verdicts.dialogue', '=', 'dialogues.id')
        .onRef('verdicts.attempt', '=', 'attempts.number')
        .on('verdicts.judging', '=', chosen),
    )
    .select((query) => [
      'dialogues.scenario',
      'dialogues.agent',
      'dialogues.repeat',
      'dialogues.restarts',
      'attempts.record as attempt',
      'verdicts.record as verdicts',
      query
        .selectFrom('attempts as every')
        .select(query.fn.countAll<number>().as('attempts'))
        .whereRef('every.run', '=', 'dialogues.run')
        .whereRef('every.dialogue', '=', 'dialogues.id')
        .as('attempts'),
      query
        .selectFrom('attempts as faulty')
        .select(query.fn.countAll<number>().as('invalid'))
        .whereRef('faulty.run', '=', 'dialogues.run')
        .whereRef('faulty.dialogue', '=', 'dialogues.id')
        .where('faulty.standing', '=', 'invalid')
        .as('invalid'),
      query
        .selectFrom('attempts as every')
        .select(query.fn.countAll<number>().as('spoiled'))
        .whereRef('every.run', '=', 'dialogues.run')
        .whereRef('every.dialogue', '=', 'dialogues.id')
        .where('every.standing', '=', 'invalid')
        .where(faultsFound, '>', 0)
        .as('spoiled'),
    ])
    .where('dialogues.run', '=', run);
}

/** A page of them in the order of their keys, from the one after a key: an offset would read all before it. */
export function selectPage(
  engine: Pick<StoreEngine, 'db' | 'faultsFound'>,
  run: string,
  judging: string | undefined,
  last: DialogueKey | undefined,
  limit: number,
) {
  const page = selectDialogues(engine, run, judging)
    .orderBy('dialogues.scenario')
    .orderBy('dialogues.agent')
    .orderBy('dialogues.repeat')
    .limit(limit);
  if (!last) return page.execute();
  const { scenario, agent, repeat } = last;
  return page
    .where(
      sql<boolean>`(dialogues.scenario, dialogues.agent, dialogues.repeat) > (${scenario}, ${agent}, ${repeat})`,
    )
    .execute();
}

/** The number of the attempt that counts; null where there is none, undefined without the dialogue. */
export async function selectCounting(
  db: Kysely<Tables>,
  run: string,
  dialogue: string,
): Promise<number | null | undefined> {
  const row = await db
    .selectFrom('dialogues')
    .select(counting.as('number'))
    .where('run', '=', run)
    .where('id', '=', dialogue)
    .executeTakeFirst();
  return row?.number;
}

type DialogueRow = Awaited<ReturnType<ReturnType<typeof selectDialogues>['execute']>>[number];

export function toDialogue(run: string, row: DialogueRow): StoredDialogue {
  const { scenario, agent, repeat, restarts } = row;
  const where = `run ${run}, dialogue ${dialogueId(row)}`;
  const judgement =
    row.verdicts === null
      ? undefined
      : readRecord(row.verdicts, `${where}, its verdicts`, storedJudgementSchema);
  return {
    scenario,
    agent,
    repeat,
    attempts: row.attempts ?? 0,
    invalid: row.invalid ?? 0,
    spoiled: row.spoiled ?? 0,
    restarts,
    attempt: row.attempt === null ? undefined : readRecord(row.attempt, where, attemptSchema),
    verdicts: judgement?.verdicts,
    judgement,
  };
}
