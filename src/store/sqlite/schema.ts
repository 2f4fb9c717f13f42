import type { Generated } from 'kysely';
import type { RecordKind } from '../../evidence/stored-record.js';

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
