import type { Taxonomy } from './load-taxonomy.js';

/** A failure as the order of primaries sees it: its mode, and the patient's turn that made the duty. */
export interface FoundFailure {
  readonly failureMode: string;
  readonly cueTurn: number | undefined;
}

/**
 * One duty, one primary failure (domain brief, section 5): of failures that rest on the same cue,
 * the one that stands first in an order of the taxonomy is primary. Where a cue is not known the
 * two are taken to share it, so that one fault is never counted twice.
 * @returns ids of the primary failures
 */
export function primaryFailures(
  failures: readonly FoundFailure[],
  precedence: Taxonomy['precedence'],
): ReadonlySet<string> {
  const yields = (failure: FoundFailure) =>
    failures.some(
      (other) =>
        sharesCue(other, failure) && isBefore(other.failureMode, failure.failureMode, precedence),
    );
  return new Set(failures.filter((failure) => !yields(failure)).map((f) => f.failureMode));
}

function sharesCue(a: FoundFailure, b: FoundFailure): boolean {
  return a.cueTurn === undefined || b.cueTurn === undefined || a.cueTurn === b.cueTurn;
}

function isBefore(first: string, second: string, precedence: Taxonomy['precedence']): boolean {
  return precedence.some(({ order }) => {
    const position = order.indexOf(first);
    return position >= 0 && position < order.indexOf(second);
  });
}
