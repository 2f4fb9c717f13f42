import type { Call, Sitting } from '../calls/call.js';
import type { CallJournal } from '../calls/recording.js';
import type { ManifestEntry, StoredRecord } from '../evidence/stored-record.js';
import type { DialogueEvidence } from '../evidence/verify-run.js';
import type {
  DialogueFilter,
  FailureNews,
  ListedDialogue,
  ListPage,
  OutcomeCount,
} from './dialogue-list.js';
import type { Beside, Execute, Lease } from './leases.js';
import type { Sharing } from './sharing.js';
import type { DialogueLabel, Pack } from './review-record.js';
import type { Judgement } from '../judge/verdict.js';
import type {
  Attempt,
  DialogueKey,
  Judging,
  RunRecord,
  StoredDialogue,
  Validity,
} from './run-record.js';

/** Held by this process until it is released, or the process ends. */
export interface RunLock {
  release(): Promise<void>;
}

/** What a jury says of an attempt, as part of a judging. */
export interface JudgedAttempt {
  readonly judging: string;
  readonly judgement: Judgement;
}

/** What a role's calls of one model came to in a run, those of a judging apart. */
export interface CallUsage {
  /** Null where the dialogue was held. */
  readonly judging: string | null;
  readonly role: string;
  /** Null where something else than a model answers. */
  readonly model: string | null;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Those of the input that a provider had kept, as far as it tells. */
  readonly cachedTokens: number;
}

/**
 * Where runs are kept. Every method is one transaction: after a crash at any time a store holds
 * whole attempts only. `tests/contracts/run-store.contract.ts` holds what an implementation owes.
 */
export interface RunStore {
  /** @throws MatrixError where the id is taken */
  createRun(run: RunRecord): Promise<void>;
  run(id: string): Promise<RunRecord | undefined>;
  /** Newest first, with the number of dialogues that have an attempt. */
  runs(): Promise<readonly (RunRecord & { readonly held: number })[]>;

  /**
   * Takes a run for this process, until it is released or the process ends.
   * @throws MatrixError where another process has it
   */
  lock(run: string): Promise<RunLock>;

  /** Whether some process works on the run. */
  isLocked(run: string): Promise<boolean>;
  /** Asks whoever works on the run to stop as at Ctrl-C; it looks for this as it goes. */
  requestStop(run: string): Promise<void>;
  isStopRequested(run: string): Promise<boolean>;
  /** Takes the request back: a run that begins or goes on owes nothing to an earlier one. */
  clearStop(run: string): Promise<void>;

  /** Removes a run with all that belongs to it. */
  removeRun(id: string): Promise<void>;

  /** Marks a dialogue as begun; does nothing where it is already there. */
  beginDialogue(run: string, key: DialogueKey): Promise<void>;
  /** Adds an attempt, with its verdicts where it was judged. */
  saveAttempt(
    run: string,
    key: DialogueKey,
    attempt: Attempt,
    judged?: JudgedAttempt,
  ): Promise<void>;

  /**
   * Adds verdicts of a further judging to the attempt that counts; verdicts of that judging which are
   * there already stay as they are.
   * @throws Error where the dialogue has no attempt
   */
  saveJudgement(run: string, key: DialogueKey, judged: JudgedAttempt): Promise<void>;

  /**
   * Counts one more beginning of a dialogue whose earlier calls cannot be used again; they stay,
   * under the take before.
   */
  restartDialogue(run: string, key: DialogueKey): Promise<void>;
  /** Keeps the calls of one sitting on a dialogue; calls of many dialogues share a commit. */
  journal(run: string, key: DialogueKey, sitting: Sitting): CallJournal;
  /** The calls of one sitting, in the order of role, part and ordinal. */
  calls(run: string, key: DialogueKey, sitting: Sitting): Promise<readonly Call[]>;
  /** The sittings on a dialogue that have calls: takes ascending, then judgings. */
  sittings(run: string, key: DialogueKey): Promise<Sitting[]>;
  /** Calls and tokens of a run, by judging, role and model. */
  usage(run: string): Promise<readonly CallUsage[]>;

  saveJudging(run: string, judging: Judging): Promise<void>;
  /** Oldest first. */
  judgings(run: string): Promise<readonly Judging[]>;

  /** Dialogues that were begun, ordered by scenario, agent and repeat, one at a time. */
  dialogues(run: string, judging?: string): AsyncIterable<StoredDialogue>;
  dialogue(run: string, key: DialogueKey, judging?: string): Promise<StoredDialogue | undefined>;

  /**
   * Dialogues that a filter keeps, a page at a time, without reading their records.
   * @param judging the latest where undefined
   */
  findDialogues(
    run: string,
    judging: string | undefined,
    filter: DialogueFilter,
    page: ListPage,
  ): Promise<readonly ListedDialogue[]>;
  /** How many it keeps; `most` where there are more. */
  countDialogues(
    run: string,
    judging: string | undefined,
    filter: DialogueFilter,
    most: number,
  ): Promise<number>;
  countOutcomes(run: string, judging: string | undefined): Promise<readonly OutcomeCount[]>;
  /** Failed dialogues that were judged since a mark, from 0, in whatever judging. */
  failuresSince(run: string, mark: number, limit: number): Promise<FailureNews>;

  /** @throws MatrixError where the run has a pack of that id */
  savePack(run: string, pack: Pack): Promise<void>;
  /** Oldest first. */
  packs(run: string): Promise<readonly Pack[]>;
  /** Adds labels, all or none; none takes the place of a former one. @throws Error without the dialogue */
  saveLabels(run: string, labels: readonly DialogueLabel[]): Promise<void>;
  /** By dialogue, then author, oldest first. */
  labels(run: string): Promise<readonly DialogueLabel[]>;

  /** What each record of a run hashed to when it was written: by dialogue, those of none first. */
  manifest(run: string): AsyncIterable<readonly ManifestEntry[]>;
  /** Every record of a run as it is now, whole or not, beside its manifest. */
  evidence(run: string): AsyncIterable<DialogueEvidence>;
  /**
   * Adds a run as another store held it, all or nothing.
   * @param records the run's own first, what one needs before it; whatever they throw ends it
   * @returns the run's id
   * @throws MatrixError where the run is there, or a record needs one that did not come before it
   */
  importRun(records: AsyncIterable<StoredRecord>): Promise<string>;

  /** Replaces what was kept of that judge on that set. */
  saveValidity(validity: Validity): Promise<void>;
  validities(judgeFingerprint: string): Promise<readonly Validity[]>;

  /** Left out where no other machine can work on what is stored. */
  readonly leases?: Leases;
  /**
   * What one of them has in common with the others on a run; only where there are leases.
   * @param worker a name that no other process has
   */
  readonly sharing?: (run: string, worker: string) => Sharing;

  close(): Promise<void>;
}

/** How processes on many machines share the dialogues of a run in one database. */
export interface Leases {
  /**
   * Does work in one transaction, which may be done again where the server gave it up.
   * @throws MatrixError where the database fails
   */
  transact<T>(work: (execute: Execute) => Promise<T>): Promise<T>;
  /**
   * Whether a run may be shared until the end of the transaction: not where a process works on it alone.
   */
  mayShare(execute: Execute, run: string): Promise<boolean>;
  /** @throws LeaseLost where it is not held any more; held until the end of the transaction */
  assertHeld(execute: Execute, lease: Lease): Promise<void>;
  /** The store as whoever holds a lease writes to it: with LeaseLost once it is lost. */
  under(lease: Lease, beside: Beside): RunStore;
}
