import type { Generated } from 'kysely';
import type { RecordKind } from '../../evidence/stored-record.js';
import type { DialogueOutcome } from '../../judge/dialogue-outcome.js';
import type { ModeVerdict } from '../../judge/verdict.js';
import type { Severity } from '../../taxonomy/severity.js';
import type { Ending, Standing } from '../../transcript/transcript.js';

/** Tables as Kysely sees them. Free text stands inside JSON, since SQLite cuts text at U+0000. */
export interface Tables {
  runs: { id: string; created_at: string; record: string };
  dialogues: {
    run: string;
    id: string;
    scenario: string;
    agent: string;
    repeat: number;
    restarts: Generated<number>;
  };
  attempts: { run: string; dialogue: string; number: number; standing: string; record: string };
  judgings: { run: string; id: string; number: number; record: string };
  validities: { judge_fingerprint: string; dataset: string; record: string };
  verdicts: { run: string; judging: string; dialogue: string; attempt: number; record: string };
  packs: { run: string; id: string; number: number; record: string };
  /** Numbered by author: the last of a kind counts, and the former stay. */
  labels: { run: string; dialogue: string; author: string; number: number; record: string };
  /** A dialogue and its attempt that counts, as filters look for it: kept by triggers. */
  dialogue_facts: {
    number: number;
    run: string;
    dialogue: string;
    scenario: string;
    agent: string;
    repeat: number;
    /** 0 while none has ended. */
    attempt: number;
    conclusive: number;
    standing: Standing | null;
    ending: Ending | null;
    hazard: string | null;
  };
  /** What the verdicts on an attempt come to, numbered as they came: kept by triggers. */
  judged: {
    id: number;
    /** Of the dialogue. */
    number: number;
    run: string;
    judging: string;
    attempt: number;
    outcome: DialogueOutcome;
    severity: Severity | null;
    failed: number;
    open: number;
    disputed: number;
  };
  mode_outcomes: {
    judged: number;
    failure_mode: string;
    outcome: ModeVerdict['outcome'];
    severity: Severity;
    primary_failure: number;
  };
  stop_requests: { run: string };
  /** What each record of a run hashed to when it was written. */
  manifest: {
    run: string;
    /** Empty for records of the run and its judgings. */
    dialogue: string;
    kind: RecordKind;
    /** Empty for records of the simulation. */
    judging: string;
    id: string;
    hash: string;
  };
  /** What each process that shares a run spent on it in all; on servers alone. */
  spending: {
    run: string;
    worker: string;
    model: string;
    input_tokens: number;
    output_tokens: number;
    cached_tokens: number;
  };
  /** What all find the limit of a model server to be; on servers alone. */
  model_limits: {
    server: string;
    /** Calls at once; null while none was refused. */
    found: number | null;
    epoch: number;
    looked_at: Date;
  };
  limit_shares: { server: string; sharer: string; concurrency: number; seen_at: Date };
  calls: {
    run: string;
    dialogue: string;
    /** 0 in a judging. */
    take: number;
    /** Empty in a take. */
    judging: string;
    role: string;
    part: string;
    ordinal: number;
    model: string | null;
    request_hash: string;
    request: string;
    answer: string;
    texts: string;
    input_tokens: number | null;
    output_tokens: number | null;
    cached_tokens: number | null;
    latency: number;
    attempts: number;
  };
}
