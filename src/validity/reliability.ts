import type { BenchCase, Call } from './judged-dialogue.js';
import type { RankedLabels } from './rank-labels.js';

/** A case whose labels and calls are ranked by one order. */
export interface RankedCase extends Pick<BenchCase, 'calls'> {
  readonly labels: RankedLabels;
}

/** How often verdicts of so much confidence agree with the labels, for failures and for the others. */
export interface ReliabilityRow {
  /** Lower end of the confidence, 0 to 1; a row spans a tenth. */
  readonly from: number;
  readonly n: number;
  readonly right: number;
  readonly fails: number;
  readonly failsRight: number;
}

/**
 * What jurors' confidence is worth, over single labels: verdicts that were withheld for too little of it
 * count as what they said. Secondary failures are left out, since labels name the primary one.
 */
export function reliabilityOf(cases: readonly RankedCase[]): ReliabilityRow[] {
  const votes = cases.flatMap(({ calls, labels }) =>
    [...calls.values()].flatMap((call) => votesOf(call, labels)),
  );
  return Array.from({ length: 10 }, (_, tenth) => tenth / 10).flatMap((from) => {
    const some = votes.filter(({ confidence }) => tenthOf(confidence) === from);
    const fails = some.filter(({ isFail }) => isFail);
    const right = (of: readonly Vote[]) => of.filter(({ isRight }) => isRight).length;
    if (some.length === 0) return [];
    return [
      { from, n: some.length, right: right(some), fails: fails.length, failsRight: right(fails) },
    ];
  });
}

interface Vote {
  readonly confidence: number;
  readonly isFail: boolean;
  readonly isRight: boolean;
}

function tenthOf(confidence: number): number {
  return Math.min(9, Math.floor(confidence * 10 + 1e-9)) / 10;
}

function votesOf(call: Call, { primary, secondary }: RankedLabels): Vote[] {
  const { failureMode, outcome, jurors = [] } = call;
  if (secondary.has(failureMode) || (outcome === 'fail' && !call.primary)) return [];
  return jurors.flatMap(({ verdict, withheld, confidence }) => {
    const said = withheld ?? verdict;
    if (said === 'abstain' || said === 'needs-review') return [];
    const isFail = said === 'fail';
    return [{ confidence, isFail, isRight: isFail === primary.has(failureMode) }];
  });
}
