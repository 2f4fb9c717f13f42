import { OUTCOME_INDEX } from './outcome-index.js';

const HEX8 = '[0-9a-f]'.repeat(8);

/**
 * Judging and part become columns of a call. Until now they were words in its role:
 * `juror NAME part 2 on 0123abcd (j-89abcdef)`; without the last it was made by the run itself, which
 * is that of the run's first judging.
 */
const CALLS_BY_JUDGING_AND_PART = `
  create table placed_calls (
    run text not null,
    dialogue text not null,
    take integer not null,
    judging text not null,
    role text not null,
    part text not null,
    ordinal integer not null,
    model text,
    request_hash text not null,
    request text not null,
    answer text not null,
    texts text not null,
    input_tokens integer,
    output_tokens integer,
    latency real not null,
    attempts integer not null,
    primary key (run, dialogue, take, judging, role, part, ordinal),
    foreign key (run, dialogue) references dialogues (run, id) on delete cascade
  ) strict;
  insert into placed_calls
    select run, dialogue, take, '', role, '', ordinal, model, request_hash, request, answer, texts,
      input_tokens, output_tokens, latency, attempts
    from calls;
  drop table calls;
  alter table placed_calls rename to calls;
  update calls set take = 0, judging = substr(role, -11, 10), role = substr(role, 1, length(role) - 13)
    where role glob '* (j-${HEX8})';
  update or ignore calls set take = 0, judging = (
      select id from judgings where judgings.run = calls.run and judgings.number = 0)
    where judging = '' and (role glob 'juror *' or role glob 'policy *')
      and exists (select 1 from judgings where judgings.run = calls.run);
  update calls set part = substr(role, -11), role = substr(role, 1, length(role) - 12)
    where judging != '' and role glob '* on ${HEX8}';
  update calls set part = trim(substr(role, -1) || ' ' || part), role = substr(role, 1, length(role) - 7)
    where judging != '' and role glob '* part [0-9]';
  update calls set part = trim(substr(role, -2) || ' ' || part), role = substr(role, 1, length(role) - 8)
    where judging != '' and role glob '* part [0-9][0-9]';
  `;

/** Numbered by position, from 1; never edited once released, only added to. */
export const MIGRATIONS: readonly string[] = [
  `
  create table runs (
    id text primary key,
    created_at text not null,
    record text not null
  ) strict;
  create table dialogues (
    run text not null references runs (id) on delete cascade,
    id text not null,
    scenario text not null,
    agent text not null,
    repeat integer not null,
    primary key (run, id)
  ) strict;
  create index dialogues_in_order on dialogues (run, scenario, agent, repeat);
  create table attempts (
    run text not null,
    dialogue text not null,
    number integer not null,
    standing text not null,
    record text not null,
    primary key (run, dialogue, number),
    foreign key (run, dialogue) references dialogues (run, id) on delete cascade
  ) strict;
  create table judgings (
    run text not null references runs (id) on delete cascade,
    id text not null,
    number integer not null,
    record text not null,
    primary key (run, id)
  ) strict;
  create table verdicts (
    run text not null,
    judging text not null,
    dialogue text not null,
    attempt integer not null,
    record text not null,
    primary key (run, judging, dialogue, attempt),
    foreign key (run, judging) references judgings (run, id) on delete cascade,
    foreign key (run, dialogue, attempt)
      references attempts (run, dialogue, number) on delete cascade
  ) strict;
  `,
  `
  create table validities (
    judge_fingerprint text not null,
    dataset text not null,
    record text not null,
    primary key (judge_fingerprint, dataset)
  ) strict;
  `,
  `
  alter table dialogues add column restarts integer not null default 0;
  create table calls (
    run text not null,
    dialogue text not null,
    take integer not null,
    role text not null,
    ordinal integer not null,
    model text,
    request_hash text not null,
    request text not null,
    answer text not null,
    texts text not null,
    input_tokens integer,
    output_tokens integer,
    latency real not null,
    attempts integer not null,
    primary key (run, dialogue, take, role, ordinal),
    foreign key (run, dialogue) references dialogues (run, id) on delete cascade
  ) strict;
  `,
  // The plan as one object, and what else decides results as a list. json_patch drops what is null.
  `
  update runs set record = json_remove(
    json_set(
      record,
      '$.plan', json_patch('{}', json_object(
        'agents', (
          select json_group_array(json_extract(value, '$.name') || '=' || json_extract(value, '$.spec'))
          from json_each(record, '$.agents')
        ),
        'hazards', json_extract(record, '$.hazards'),
        'domains', json_extract(record, '$.domains'),
        'scenarios', json_extract(record, '$.scenarios'),
        'personas', json_extract(record, '$.personas'),
        'repeats', json_extract(record, '$.repeats'),
        'maxTurns', min(200, max(2, json_extract(record, '$.maxTurns'))),
        'seed', json_extract(record, '$.seed'),
        'patient', json_extract(record, '$.patient'),
        'agentPrompt', json_extract(record, '$.agentPrompt'),
        'judges', json_extract(record, '$.judges'),
        'second', json_extract(record, '$.second'),
        'policy', json_extract(record, '$.policy'),
        'tokenBudget', json_extract(record, '$.tokenBudget'),
        'costBudget', json_extract(record, '$.costBudget'),
        'prices', json_extract(record, '$.prices')
      )),
      '$.contents', (
        select json_group_array(json(content)) from (
          select json_object(
            'name', 'taxonomy',
            'decides', 'verdicts',
            'version', json_extract(record, '$.taxonomy.version'),
            'fingerprint', json_extract(record, '$.taxonomy.fingerprint')
          ) as content
          union all select json_object(
            'name', 'scenarios',
            'decides', 'transcripts',
            'fingerprint', json_extract(record, '$.scenarioLibrary.fingerprint')
          )
          union all select json_set(value, '$.decides', 'transcripts')
          from json_each(record, '$.prompts')
          union all select json_object(
            'name', 'package',
            'decides', 'transcripts',
            'fingerprint', json_extract(record, '$.packageVersion')
          )
        )
      )
    ),
    '$.seed', '$.repeats', '$.maxTurns', '$.hazards', '$.domains', '$.scenarios', '$.personas',
    '$.patient', '$.agentPrompt', '$.tokenBudget', '$.costBudget', '$.prices', '$.judges', '$.second',
    '$.policy', '$.prompts', '$.taxonomy', '$.scenarioLibrary'
  );
  `,
  CALLS_BY_JUDGING_AND_PART,
  `alter table calls add column cached_tokens integer;`,
  // Of its run alone: what a removed record was is what an entry is there to tell.
  `
  create table manifest (
    run text not null references runs (id) on delete cascade,
    dialogue text not null,
    kind text not null,
    judging text not null,
    id text not null,
    hash text not null,
    primary key (run, dialogue, kind, judging, id)
  ) strict, without rowid;
  `,
  `
  create table packs (
    run text not null references runs (id) on delete cascade,
    id text not null,
    number integer not null,
    record text not null,
    primary key (run, id)
  ) strict;
  create table labels (
    run text not null,
    dialogue text not null,
    author text not null,
    number integer not null,
    record text not null,
    primary key (run, dialogue, author, number),
    foreign key (run, dialogue) references dialogues (run, id) on delete cascade
  ) strict;
  `,
  OUTCOME_INDEX,
];
