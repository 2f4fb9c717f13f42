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
];
