import type { Kysely, RawBuilder, Transaction } from 'kysely';
import { MatrixError } from '../../errors.js';
import type { ManifestEntry } from '../../evidence/stored-record.js';
import type { Lease } from '../leases.js';
import type { Attempt } from '../run-record.js';
import type { RunLock } from '../run-store.js';
import type { Tables } from './schema.js';

/** A call as it is stored, with its entry in the manifest of its run. */
export interface EnteredCall {
  readonly call: Tables['calls'];
  readonly entry: ManifestEntry;
  /** Under which it is written; undefined where its run is worked on by one process alone. */
  readonly lease: Lease | undefined;
}

/** What engines do each in its own way; all else of a store is written once, on top of this. */
export interface StoreEngine {
  readonly db: Kysely<Tables>;
  /** Faults of the patient in `every.record`; null where it has no list of them, or is damaged. */
  readonly faultsFound: RawBuilder<number | null>;
  /**
   * A transaction in which nobody else numbers records of that run. The work may be done again, where
   * the engine gave it up for another's.
   */
  write<T>(run: string, work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** A transaction as {@link write}, for what has no number. */
  alter<T>(run: string, work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>;
  /**
   * Writes the calls that `take` gives once a connection is free: all or none, but for those whose lease
   * is lost.
   * @returns these
   */
  writeCalls(take: () => readonly EnteredCall[]): Promise<readonly EnteredCall[]>;
  /** The lease under which all is written; undefined where it needs none. */
  readonly lease?: Lease;
  /** Done in the transaction that saves it. */
  readonly onAttempt?: (transaction: Transaction<Tables>, attempt: Attempt) => Promise<void>;
  readonly onJudgement?: (transaction: Transaction<Tables>) => Promise<void>;
  /** Whether a row was refused because of what else is stored, or is not. */
  isConstraint(cause: unknown): boolean;
  lock(run: string): Promise<RunLock>;
  isLocked(run: string): Promise<boolean>;
}

/** What whoever asks for the lock of a run is told that somebody holds. */
export function runTaken(run: string, cause?: unknown): MatrixError {
  return new MatrixError(`run ${run} is being worked on by another process`, {
    mend: 'Wait until it ends, or stop it; what it has stored stays.',
    cause,
  });
}
