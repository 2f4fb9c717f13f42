import type { Kysely, RawBuilder, Transaction } from 'kysely';
import { MatrixError } from '../../errors.js';
import type { ManifestEntry } from '../../evidence/stored-record.js';
import type { RunLock } from '../run-store.js';
import type { Tables } from './schema.js';

/** A call as it is stored, with its entry in the manifest of its run. */
export interface EnteredCall {
  readonly call: Tables['calls'];
  readonly entry: ManifestEntry;
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
  /** Writes the calls that `take` gives once a connection is free, all or none. */
  writeCalls(take: () => readonly EnteredCall[]): Promise<void>;
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
