import { sql, type Kysely, type RawBuilder } from 'kysely';
import { SEVERITIES } from '../../taxonomy/severity.js';
import type {
  DialogueFilter,
  FailureNews,
  ListedDialogue,
  ListPage,
  OutcomeCount,
} from '../dialogue-list.js';
import type { Tables } from './schema.js';

type Row = Omit<ListedDialogue, 'disputed'> & { readonly disputed: number };

const COLUMNS = sql`
  facts.number, facts.scenario, facts.agent, facts.repeat, facts.standing, facts.ending, facts.hazard,
  judged.outcome, judged.severity, coalesce(judged.failed, 0) as failed,
  coalesce(judged.open, 0) as open, coalesce(judged.disputed, 0) as disputed`;

/** The dialogues of a run beside what one judging, by default the latest, says of the attempt that counts. */
function from(run: string, judging: string | undefined): RawBuilder<unknown> {
  const chosen =
    judging === undefined
      ? sql`(select id from judgings where run = ${run} order by number desc limit 1)`
      : sql`${judging}`;
  return sql`from dialogue_facts as facts left join judged
    on judged.number = facts.number and judged.judging = ${chosen}
    and judged.attempt = facts.attempt`;
}

export async function selectListed(
  db: Kysely<Tables>,
  run: string,
  judging: string | undefined,
  filter: DialogueFilter,
  { order = 'key', after, limit }: ListPage,
): Promise<ListedDialogue[]> {
  const since = after
    ? [
        sql`(facts.scenario, facts.agent, facts.repeat) > (${after.scenario}, ${after.agent}, ${after.repeat})`,
      ]
    : [];
  const by =
    order === 'key'
      ? sql`facts.scenario, facts.agent, facts.repeat`
      : sql`(facts.number * 2654435761) % 4294967296`;
  const { rows } = await sql<Row>`select ${COLUMNS} ${from(run, judging)}
    where ${allOf([...conditions(run, filter), ...since])} order by ${by} limit ${limit}`.execute(
    db,
  );
  return rows.map(toListed);
}

/** How many there are, counted to a bound. */
export async function countListed(
  db: Kysely<Tables>,
  run: string,
  judging: string | undefined,
  filter: DialogueFilter,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ found: number }>`select count(*) as found from (
    select 1 ${from(run, judging)} where ${allOf(conditions(run, filter))} limit ${most}) as listed`.execute(
    db,
  );
  return rows[0]?.found ?? 0;
}

export async function selectCounts(
  db: Kysely<Tables>,
  run: string,
  judging: string | undefined,
): Promise<OutcomeCount[]> {
  const { rows } = await sql<OutcomeCount>`
    select facts.agent, facts.standing, judged.outcome, judged.severity, count(*) as dialogues
    ${from(run, judging)} where facts.run = ${run}
    group by facts.agent, facts.standing, judged.outcome, judged.severity`.execute(db);
  return rows.map((row) => ({ ...row }));
}

export async function selectNews(
  db: Kysely<Tables>,
  run: string,
  mark: number,
  limit: number,
): Promise<FailureNews> {
  const { rows } = await sql<Row & { readonly id: number }>`
    select judged.id, ${COLUMNS} from judged join dialogue_facts as facts on facts.number = judged.number
    where judged.run = ${run} and judged.id > ${mark} and judged.outcome = 'fail'
    order by judged.id limit ${limit}`.execute(db);
  return {
    mark: rows.at(-1)?.id ?? mark,
    dialogues: rows.map(toListed),
  };
}

function toListed(row: Row): ListedDialogue {
  const { number, scenario, agent, repeat, standing, ending, hazard } = row;
  const { outcome, severity, failed, open, disputed } = row;
  return {
    ...{ number, scenario, agent, repeat, standing, ending, hazard },
    ...{ outcome, severity, failed, open, disputed: disputed > 0 },
  };
}

function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join([...conditions], sql` and `);
}

function conditions(run: string, filter: DialogueFilter): RawBuilder<unknown>[] {
  const { agent, hazard, scenarios, ending, standing, disputed, undecided } = filter;
  return [
    sql`facts.run = ${run}`,
    ...(agent === undefined ? [] : [sql`facts.agent = ${agent}`]),
    ...(hazard === undefined ? [] : [sql`facts.hazard = ${hazard}`]),
    ...(scenarios ? [among(scenarios)] : []),
    ...(ending === undefined ? [] : [sql`facts.ending = ${ending}`]),
    ...(standing === undefined ? [] : [sql`facts.standing = ${standing}`]),
    ...(disputed ? [sql`judged.disputed = 1`] : []),
    ...(undecided ? [sql`judged.open > 0`] : []),
    ...(filter.number === undefined ? [] : [sql`facts.number = ${filter.number}`]),
    ...labelCondition(filter),
    ...verdictConditions(filter),
  ];
}

/** No engine but SQLite takes an empty list. */
function among(scenarios: readonly string[]): RawBuilder<unknown> {
  if (scenarios.length === 0) return sql`1 = 0`;
  return sql`facts.scenario in (${sql.join([...scenarios])})`;
}

function labelCondition({ unlabelledBy }: DialogueFilter): RawBuilder<unknown>[] {
  if (unlabelledBy === undefined) return [];
  return [
    sql`not exists (select 1 from labels where labels.run = facts.run
      and labels.dialogue = facts.scenario || '/' || facts.agent || '/' || facts.repeat and labels.author = ${unlabelledBy})`,
  ];
}

function verdictConditions({ mode, outcome, severity }: DialogueFilter): RawBuilder<unknown>[] {
  const table = mode === undefined ? sql`judged` : sql`mode_outcomes`;
  const grave =
    severity === undefined
      ? []
      : [sql`${table}.severity in (${sql.join(SEVERITIES.slice(SEVERITIES.indexOf(severity)))})`];
  if (mode === undefined) {
    return [...(outcome === undefined ? [] : [sql`judged.outcome = ${outcome}`]), ...grave];
  }
  const held = [
    sql`mode_outcomes.failure_mode = ${mode}`,
    sql`mode_outcomes.outcome = ${outcome ?? 'fail'}`,
    ...grave,
  ];
  return [sql`judged.id in (select judged from mode_outcomes where ${allOf(held)})`];
}
