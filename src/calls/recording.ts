import { MatrixError } from '../errors.js';
import { describePlace, placeKey, type Call, type CallPlace, type AskedCall } from './call.js';

/** The calls of one dialogue in one of its takes or judgings: what is in it is not asked again. */
export interface Recording {
  /**
   * The answered call at the place of the one that is asked. Undefined where it is to be made.
   * @throws MatrixError where it may not be made
   * @throws ModelError where it is recorded that the call failed, and failures are answers too
   */
  find(asked: AskedCall): Call | undefined;
  /** Resolves once the call is on disk. */
  keep(call: Call): Promise<void>;
  /** Left out where a call that fails leaves no trace. */
  keepFailure?(asked: AskedCall, error: unknown): void;
}

/**
 * A recording of calls with marks and orders that nobody can foresee. They come from its nonce, so
 * whoever answers from it also takes that: else nothing that is asked would be what was recorded.
 */
export interface SealedRecording extends Recording {
  readonly nonce: string;
  /** What the marks of this dialogue derive from beside the nonce. */
  readonly dialogue: string;
}

/** Where the calls of one take or judging of a dialogue are written. */
export interface CallJournal {
  /** Resolves once the call is on disk. */
  record(call: Call): Promise<void>;
}

/** A journal with what it holds. It belongs to one run, so another request at a place is an error. */
export function journalRecording(journal: CallJournal, recorded: readonly Call[]): Recording {
  const before = new Map(recorded.map((call) => [placeKey(call), call]));
  return {
    find: (asked) => {
      const known = before.get(placeKey(asked));
      if (known && known.requestHash !== asked.requestHash) throw changed(asked);
      return known;
    },
    keep: (call) => journal.record(call),
  };
}

function changed(place: CallPlace): MatrixError {
  return new MatrixError(
    `${describePlace(place)} would ask something else than what the journal holds`,
    { mend: 'Agent, prompt or library have changed since: start a new run.' },
  );
}

/** For dialogues outside a run. */
export const NOTHING_KEPT: Recording = { find: () => undefined, keep: () => Promise.resolve() };
