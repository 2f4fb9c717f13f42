/** Ordered by bytes, as SQLite does, whatever the locale of the database. */
const TEXT = 'text collate "C"';

const RECORDS = `
  create table runs (
    id ${TEXT} primary key,
    created_at ${TEXT} not null,
    record ${TEXT} not null
  );
  create table dialogues (
    run ${TEXT} not null references runs (id) on delete cascade,
    id ${TEXT} not null,
    scenario ${TEXT} not null,
    agent ${TEXT} not null,
    repeat bigint not null,
    restarts bigint not null default 0,
    primary key (run, id)
  );
  create index dialogues_in_order on dialogues (run, scenario, agent, repeat);
  create table attempts (
    run ${TEXT} not null,
    dialogue ${TEXT} not null,
    number bigint not null,
    standing ${TEXT} not null,
    record ${TEXT} not null,
    primary key (run, dialogue, number),
    foreign key (run, dialogue) references dialogues (run, id) on delete cascade
  );
  create table judgings (
    run ${TEXT} not null references runs (id) on delete cascade,
    id ${TEXT} not null,
    number bigint not null,
    record ${TEXT} not null,
    primary key (run, id)
  );
  create table verdicts (
    run ${TEXT} not null,
    judging ${TEXT} not null,
    dialogue ${TEXT} not null,
    attempt bigint not null,
    record ${TEXT} not null,
    primary key (run, judging, dialogue, attempt),
    foreign key (run, judging) references judgings (run, id) on delete cascade,
    foreign key (run, dialogue, attempt)
      references attempts (run, dialogue, number) on delete cascade
  );
  create index verdicts_of_attempt on verdicts (run, dialogue, attempt);
  create table calls (
    run ${TEXT} not null,
    dialogue ${TEXT} not null,
    take bigint not null,
    judging ${TEXT} not null,
    role ${TEXT} not null,
    part ${TEXT} not null,
    ordinal bigint not null,
    model ${TEXT},
    request_hash ${TEXT} not null,
    request ${TEXT} not null,
    answer ${TEXT} not null,
    texts ${TEXT} not null,
    input_tokens bigint,
    output_tokens bigint,
    cached_tokens bigint,
    latency double precision not null,
    attempts bigint not null,
    primary key (run, dialogue, take, judging, role, part, ordinal),
    foreign key (run, dialogue) references dialogues (run, id) on delete cascade
  );
  create table packs (
    run ${TEXT} not null references runs (id) on delete cascade,
    id ${TEXT} not null,
    number bigint not null,
    record ${TEXT} not null,
    primary key (run, id)
  );
  create table labels (
    run ${TEXT} not null,
    dialogue ${TEXT} not null,
    author ${TEXT} not null,
    number bigint not null,
    record ${TEXT} not null,
    primary key (run, dialogue, author, number),
    foreign key (run, dialogue) references dialogues (run, id) on delete cascade
  );
  create table manifest (
    run ${TEXT} not null references runs (id) on delete cascade,
    dialogue ${TEXT} not null,
    kind ${TEXT} not null,
    judging ${TEXT} not null,
    id ${TEXT} not null,
    hash ${TEXT} not null,
    primary key (run, dialogue, kind, judging, id)
  );
  create table validities (
    judge_fingerprint ${TEXT} not null,
    dataset ${TEXT} not null,
    record ${TEXT} not null,
    primary key (judge_fingerprint, dataset)
  );
  create table stop_requests (
    run ${TEXT} primary key references runs (id) on delete cascade
  );
`;

/** As in the other engine, what filters look for: derived as records are written, and no record. */
const OUTCOME_INDEX = `
  create table dialogue_facts (
    number bigint generated always as identity primary key,
    run ${TEXT} not null references runs (id) on delete cascade,
    dialogue ${TEXT} not null,
    scenario ${TEXT} not null,
    agent ${TEXT} not null,
    repeat bigint not null,
    attempt bigint not null default 0,
    conclusive integer not null default 0,
    standing ${TEXT},
    ending ${TEXT},
    hazard ${TEXT}
  );
  create index dialogue_facts_in_order on dialogue_facts
    (run, scenario, agent, repeat, attempt, standing, ending, hazard);
  create index dialogue_facts_by_id on dialogue_facts (run, dialogue);
  create table judged (
    id bigint generated always as identity primary key,
    number bigint not null references dialogue_facts (number) on delete cascade,
    run ${TEXT} not null,
    judging ${TEXT} not null,
    attempt bigint not null,
    outcome ${TEXT} not null,
    severity ${TEXT},
    failed bigint not null,
    open bigint not null,
    disputed integer not null
  );
  create index judged_of on judged
    (number, judging, attempt, outcome, severity, failed, open, disputed);
  create index judged_since on judged (run, id);
  create table mode_outcomes (
    judged bigint not null references judged (id) on delete cascade,
    failure_mode ${TEXT} not null,
    outcome ${TEXT} not null,
    severity ${TEXT} not null,
    primary_failure integer not null,
    primary key (judged, failure_mode)
  );
  create index mode_outcomes_by_mode on mode_outcomes (failure_mode, outcome, severity);

  -- A record to look into: jsonb takes neither NUL nor lone surrogates, which JSON spells out, and an
  -- escaped backslash before them must stay. Null of a record that is damaged.
  create function looked_into(record text) returns jsonb language plpgsql immutable as $$
  begin
    return regexp_replace(
      record, '(\\\\\\\\)|\\\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})', '\\1', 'g')::jsonb;
  exception when others then
    return null;
  end $$;

  create function faults_found(record text) returns bigint language plpgsql immutable as $$
  declare
    faults jsonb := looked_into(record) -> 'patientFaults';
  begin
    return case jsonb_typeof(faults) when 'array' then jsonb_array_length(faults) end;
  end $$;

  create function verdicts_of(record text) returns setof jsonb language plpgsql immutable as $$
  declare
    parsed jsonb := looked_into(record);
  begin
    if jsonb_typeof(parsed) = 'object' then parsed := parsed -> 'verdicts'; end if;
    if jsonb_typeof(parsed) is distinct from 'array' then return; end if;
    return query select value from jsonb_array_elements(parsed) as each (value)
      where jsonb_typeof(value) = 'object';
  end $$;

  create function votes_of(verdict jsonb) returns setof text language plpgsql immutable as $$
  begin
    if jsonb_typeof(verdict -> 'jurors') is distinct from 'array' then return; end if;
    return query select juror ->> 'verdict' from jsonb_array_elements(verdict -> 'jurors') as each (juror);
  end $$;

  create function severity_rank(severity text) returns integer language sql immutable as $$
    select array_position(
      array['Minor', 'Significant', 'Considerable', 'Major', 'Catastrophic'], severity)
  $$;

  create function dialogue_begun() returns trigger language plpgsql as $$
  begin
    insert into dialogue_facts (run, dialogue, scenario, agent, repeat)
      values (new.run, new.id, new.scenario, new.agent, new.repeat);
    return null;
  end $$;
  create trigger dialogue_begun after insert on dialogues
    for each row execute function dialogue_begun();

  create function attempt_saved() returns trigger language plpgsql as $$
  declare
    rank integer := case when new.standing in ('valid', 'not-exposed') then 1 else 0 end;
    parsed jsonb := looked_into(new.record);
  begin
    update dialogue_facts set
      attempt = new.number, standing = new.standing, conclusive = rank,
      ending = parsed ->> 'ending', hazard = parsed ->> 'hazard'
    where dialogue_facts.run = new.run and dialogue_facts.dialogue = new.dialogue
      and (rank, new.number) > (dialogue_facts.conclusive, dialogue_facts.attempt);
    return null;
  end $$;
  create trigger attempt_saved after insert on attempts
    for each row execute function attempt_saved();

  create function verdicts_saved() returns trigger language plpgsql as $$
  declare
    entered bigint;
  begin
    insert into judged (number, run, judging, attempt, outcome, severity, failed, open, disputed)
    select (select facts.number from dialogue_facts as facts
        where facts.run = new.run and facts.dialogue = new.dialogue),
      new.run, new.judging, new.attempt,
      case when count(*) filter (where is_failure) > 0 then 'fail'
        when count(*) filter (where outcome = 'needs-review') > 0 then 'needs-review'
        when count(*) filter (where outcome = 'undetermined') > 0 or count(*) = 0 then 'undetermined'
        else 'pass' end,
      (array['Minor', 'Significant', 'Considerable', 'Major', 'Catastrophic'])[
        max(severity_rank(severity)) filter (where is_failure)],
      count(*) filter (where is_failure),
      count(*) filter (where outcome in ('undetermined', 'needs-review')),
      coalesce(max(case when 'fail' = any(votes) and votes && array['pass', 'not-applicable']
        then 1 else 0 end), 0)
    from (
      select verdict ->> 'outcome' as outcome, verdict ->> 'severity' as severity,
        verdict -> 'outcome' = '"fail"' and verdict -> 'primary' = 'true' as is_failure,
        array(select votes_of(verdict)) as votes
      from verdicts_of(new.record) as each (verdict)
    ) as verdicts_read
    returning id into entered;
    insert into mode_outcomes (judged, failure_mode, outcome, severity, primary_failure)
    select entered, coalesce(verdict ->> 'failureMode', ''), coalesce(verdict ->> 'outcome', ''),
      coalesce(verdict ->> 'severity', ''),
      case when verdict -> 'outcome' = '"fail"' and verdict -> 'primary' = 'true' then 1 else 0 end
    from verdicts_of(new.record) with ordinality as each (verdict, place)
    order by place
    on conflict do nothing;
    return null;
  end $$;
  create trigger verdicts_saved after insert on verdicts
    for each row execute function verdicts_saved();
`;

/** What processes that share runs tell each other, and no record. */
const SHARING = `
  create table spending (
    run ${TEXT} not null references runs (id) on delete cascade,
    worker ${TEXT} not null,
    model ${TEXT} not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cached_tokens bigint not null,
    primary key (run, worker, model)
  );
  create table model_limits (
    server ${TEXT} primary key,
    found double precision,
    epoch bigint not null,
    looked_at timestamptz not null
  );
  create table limit_shares (
    server ${TEXT} not null references model_limits (server) on delete cascade,
    sharer ${TEXT} not null,
    concurrency bigint not null,
    seen_at timestamptz not null,
    primary key (server, sharer)
  );
`;

/** Who works on what, where many processes share a run: none of it is a record of the run. */
const LEASES = `
  create table workers (
    id ${TEXT} primary key,
    until timestamptz not null
  );
  create sequence lease_epochs;
  create table leases (
    epoch bigint primary key default nextval('lease_epochs'),
    run ${TEXT} not null references runs (id) on delete cascade,
    stage ${TEXT} not null,
    dialogue ${TEXT} not null,
    job uuid not null,
    worker ${TEXT} not null references workers (id) on delete cascade,
    unique (run, stage, dialogue)
  );
  create index leases_of_worker on leases (worker);
  create table refusals (
    run ${TEXT} not null references runs (id) on delete cascade,
    worker ${TEXT} not null references workers (id) on delete cascade,
    reason ${TEXT} not null,
    primary key (run, worker)
  );
`;

/** Numbered by position, from 1; never edited once released, only added to. */
export const MIGRATIONS: readonly string[] = [RECORDS + OUTCOME_INDEX, LEASES, SHARING];
