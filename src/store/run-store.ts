import type { ModeVerdict } from '../judge/verdict.js';
import type {
  Attempt,
  DialogueKey,
  Judging,
  RunRecord,
  StoredDialogue,
  Validity,
} from './run-record.js';

/** Verdicts on an attempt, as part of a judging. */
export interface JudgedAttempt {
  readonly judging: string;
  readonly verdicts: readonly ModeVerdict[];
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

  saveJudging(run: string, judging: Judging): Promise<void>;
  /** Oldest first. */
  judgings(run: string): Promise<readonly Judging[]>;

  /** Dialogues that were begun, ordered by scenario, agent and repeat, one at a time. */
  dialogues(run: string, judging?: string): AsyncIterable<StoredDialogue>;
  dialogue(run: string, key: DialogueKey, judging?: string): Promise<StoredDialogue | undefined>;

  /** Replaces what was kept of that judge on that set. */
  saveValidity(validity: Validity): Promise<void>;
  validities(judgeFingerprint: string): Promise<readonly Validity[]>;

  close(): Promise<void>;
}
