import { sql, type Kysely } from 'kysely';
import { validate } from '../../read-yaml.js';
import { attemptSchema, dialogueId, verdictsSchema, type StoredDialogue } from '../run-record.js';
import type { Tables } from './schema.js';

/**
 * Dialogues with the attempt that counts (the last conclusive one, else the last) and the verdicts
 * of one judging, by default the latest, on that attempt.
 */
export function selectDialogues(db: Kysely<Tables>, run: string, judging: string | undefined) {
  const chosen =
    judging === undefined
      ? sql<string>`(select id from judgings where run = ${run} order by number desc limit 1)`
      : sql<string>`${judging}`;
  const counting = sql<number>`(
    select number from attempts as candidate
    where candidate.run = dialogues.run and candidate.dialogue = dialogues.id
    order by candidate.standing in ('valid', 'not-exposed') desc, number desc limit 1)`;
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
      'attempts.record as attempt',
      'verdicts.record as verdicts',
      query
        .selectFrom('attempts as every')
        .select(query.fn.countAll<number>().as('attempts'))
        .whereRef('every.run', '=', 'dialogues.run')
        .whereRef('every.dialogue', '=', 'dialogues.id')
        .as('attempts'),
    ])
    .where('dialogues.run', '=', run);
}

type DialogueRow = Awaited<ReturnType<ReturnType<typeof selectDialogues>['execute']>>[number];

/** What the store holds is parsed like any other input: another program may have written it. */
export function toDialogue(row: DialogueRow): StoredDialogue {
  const { scenario, agent, repeat } = row;
  const where = `stored dialogue ${dialogueId(row)}`;
  return {
    scenario,
    agent,
    repeat,
    attempts: row.attempts ?? 0,
    attempt:
      row.attempt === null ? undefined : validate(JSON.parse(row.attempt), where, attemptSchema),
    verdicts:
      row.verdicts === null ? undefined : validate(JSON.parse(row.verdicts), where, verdictsSchema),
  };
}
