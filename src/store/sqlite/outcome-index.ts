/** The verdicts of a record; older ones are the list alone, and of a damaged one there are none. */
const VERDICTS = `json_each(case
    when not json_valid(judged.record) then '[]'
    when json_type(judged.record) = 'array' then judged.record
    else coalesce(json_extract(judged.record, '$.verdicts'), '[]') end)`;

const OUTCOME = `json_extract(each.value, '$.outcome')`;
const IS_PRIMARY = `coalesce(json_extract(each.value, '$.primary'), 0)`;
const IS_OPEN = `${OUTCOME} in ('undetermined', 'needs-review')`;
const VOTES = `json_each(each.value, '$.jurors') as juror where json_extract(juror.value, '$.verdict')`;
const IS_DISPUTED = `exists (select 1 from ${VOTES} = 'fail')
      and exists (select 1 from ${VOTES} in ('pass', 'not-applicable'))`;
const RANK = `case json_extract(each.value, '$.severity')
      when 'Minor' then 1 when 'Significant' then 2 when 'Considerable' then 3
      when 'Major' then 4 when 'Catastrophic' then 5 end`;

const WHOSE = 'facts.number, judged.run, judged.judging, judged.attempt';
/** In the order as written: each record is looked up once. */
const FACTS = `cross join dialogue_facts as facts
      on facts.run = judged.run and facts.dialogue = judged.dialogue`;

/** What a dialogue counts as: the rules of `outcomeOf`, and undetermined where nothing was asked. */
function fillJudged(source: string): string {
  return `
  insert into judged (number, run, judging, attempt, outcome, severity, failed, open, disputed)
  select ${WHOSE},
    case when sum(${OUTCOME} = 'fail' and ${IS_PRIMARY}) > 0 then 'fail'
      when sum(${OUTCOME} = 'needs-review') > 0 then 'needs-review'
      when sum(${OUTCOME} = 'undetermined') > 0 or count(each.value) = 0 then 'undetermined'
      else 'pass' end,
    case max(case when ${OUTCOME} = 'fail' and ${IS_PRIMARY} then ${RANK} end)
      when 1 then 'Minor' when 2 then 'Significant' when 3 then 'Considerable'
      when 4 then 'Major' when 5 then 'Catastrophic' end,
    coalesce(sum(${OUTCOME} = 'fail' and ${IS_PRIMARY}), 0),
    coalesce(sum(${IS_OPEN}), 0),
    coalesce(max(${IS_DISPUTED}), 0)
  from ${source} as judged ${FACTS} left join ${VERDICTS} as each on each.type = 'object'
  group by ${WHOSE};`;
}

function fillModes(source: string): string {
  return `
  insert or ignore into mode_outcomes (judged, failure_mode, outcome, severity, primary_failure)
  select kept.id,
    coalesce(json_extract(each.value, '$.failureMode'), ''),
    coalesce(${OUTCOME}, ''),
    coalesce(json_extract(each.value, '$.severity'), ''),
    ${OUTCOME} = 'fail' and ${IS_PRIMARY}
  from ${source} as judged
    ${FACTS}
    cross join judged as kept on kept.number = facts.number
      and kept.judging = judged.judging and kept.attempt = judged.attempt
    cross join ${VERDICTS} as each on each.type = 'object';`;
}

/** Of the attempt that counts: the last conclusive one, else the last. */
function fillFacts(source: string): string {
  const found = (field: string) =>
    `case when json_valid(held.record) then json_extract(held.record, '$.${field}') end`;
  return `
  update dialogue_facts set
    attempt = held.number, standing = held.standing, conclusive = held.conclusive,
    ending = ${found('ending')}, hazard = ${found('hazard')}
  from (
    select run, dialogue, number, standing, record, standing in ('valid', 'not-exposed') as conclusive
    from ${source}
    order by conclusive, number
  ) as held
  where held.run = dialogue_facts.run and held.dialogue = dialogue_facts.dialogue
    and (held.conclusive, held.number) > (dialogue_facts.conclusive, dialogue_facts.attempt);`;
}

/** Of the dialogues that are there before: each is looked up, as the attempts of all would be sorted. */
const FILL_FACTS = `
  insert into dialogue_facts
    (run, dialogue, scenario, agent, repeat, attempt, conclusive, standing, ending, hazard)
  select dialogues.run, dialogues.id, scenario, agent, repeat,
    coalesce(held.number, 0), coalesce(held.standing in ('valid', 'not-exposed'), 0), held.standing,
    case when json_valid(held.record) then json_extract(held.record, '$.ending') end,
    case when json_valid(held.record) then json_extract(held.record, '$.hazard') end
  from dialogues left join attempts as held
    on held.run = dialogues.run and held.dialogue = dialogues.id and held.number = (
      select number from attempts as candidate
      where candidate.run = dialogues.run and candidate.dialogue = dialogues.id
      order by candidate.standing in ('valid', 'not-exposed') desc, number desc limit 1)
  order by dialogues.run, scenario, agent, repeat;`;

/**
 * What filters look for, as columns with an index: derived from the records by the engine as they are
 * written, so that it cannot fall behind them. It is no record: it stands in no manifest and no export.
 * The indexes hold all that a list shows, so that one without a match reads no table.
 */
export const OUTCOME_INDEX = `
  create table dialogue_facts (
    number integer primary key,
    run text not null references runs (id) on delete cascade,
    dialogue text not null,
    scenario text not null,
    agent text not null,
    repeat integer not null,
    attempt integer not null default 0,
    conclusive integer not null default 0,
    standing text,
    ending text,
    hazard text
  ) strict;
  create index dialogue_facts_in_order on dialogue_facts
    (run, scenario, agent, repeat, attempt, standing, ending, hazard);
  create index dialogue_facts_by_id on dialogue_facts (run, dialogue);
  create table judged (
    id integer primary key,
    number integer not null references dialogue_facts (number) on delete cascade,
    run text not null,
    judging text not null,
    attempt integer not null,
    outcome text not null,
    severity text,
    failed integer not null,
    open integer not null,
    disputed integer not null
  ) strict;
  create index judged_of on judged
    (number, judging, attempt, outcome, severity, failed, open, disputed);
  create table mode_outcomes (
    judged integer not null references judged (id) on delete cascade,
    failure_mode text not null,
    outcome text not null,
    severity text not null,
    primary_failure integer not null,
    primary key (judged, failure_mode)
  ) strict, without rowid;
  create index mode_outcomes_by_mode on mode_outcomes (failure_mode, outcome, severity);

  ${FILL_FACTS}
  ${fillJudged('verdicts')}
  ${fillModes('verdicts')}

  create trigger dialogue_begun after insert on dialogues begin
    insert into dialogue_facts (run, dialogue, scenario, agent, repeat)
      values (new.run, new.id, new.scenario, new.agent, new.repeat);
  end;
  create trigger attempt_saved after insert on attempts begin
    ${fillFacts('(select new.run as run, new.dialogue as dialogue, new.number as number, new.standing as standing, new.record as record)')}
  end;
  create trigger verdicts_saved after insert on verdicts begin
    ${[fillJudged, fillModes]
      .map((fill) =>
        fill(
          '(select new.run as run, new.judging as judging, new.dialogue as dialogue, new.attempt as attempt, new.record as record)',
        ),
      )
      .join('')}
  end;

  create table stop_requests (
    run text primary key references runs (id) on delete cascade
  ) strict;
  `;
