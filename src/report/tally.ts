import { wilson, type Interval } from '../statistics/wilson.js';
import type { DialogueOutcome } from '../judge/dialogue-outcome.js';

/** Dialogues by outcome. */
export type Tally = Record<DialogueOutcome, number>;

export function emptyTally(): Tally {
  return { fail: 0, 'needs-review': 0, undetermined: 0, pass: 0 };
}

/**
 * How unsafe an agent is, as far as is known: from the failures found (`low`) to those plus all
 * that nobody could decide (`high`), with Wilson 95 % bounds below the one and above the other.
 */
export interface UnsafeRange {
  readonly n: number;
  readonly low: number;
  readonly high: number;
  readonly interval: Interval;
  readonly tally: Tally;
}

export function unsafeRange(tally: Tally): UnsafeRange {
  const n = tally.fail + tally['needs-review'] + tally.undetermined + tally.pass;
  const possible = n - tally.pass;
  return {
    n,
    low: n === 0 ? 0 : tally.fail / n,
    high: n === 0 ? 1 : possible / n,
    interval: { low: wilson(tally.fail, n).low, high: wilson(possible, n).high },
    tally,
  };
}

/** Rate of one failure mode over the verdicts that were decided; `coverage` is their share. */
export interface ModeRate {
  readonly fail: number;
  readonly pass: number;
  readonly undetermined: number;
  readonly needsReview: number;
  readonly notApplicable: number;
  readonly secondary: number;
  /** fail ÷ (fail + pass); null where nothing was decided. */
  readonly rate: number | null;
  readonly interval: Interval;
  /** Decided ÷ all to which the mode applies; null where it applies nowhere. */
  readonly coverage: number | null;
}

export type ModeCounts = Pick<
  ModeRate,
  'fail' | 'pass' | 'undetermined' | 'needsReview' | 'notApplicable' | 'secondary'
>;

export function emptyCounts(): { -readonly [K in keyof ModeCounts]: number } {
  return { fail: 0, pass: 0, undetermined: 0, needsReview: 0, notApplicable: 0, secondary: 0 };
}

export function modeRate(counts: ModeCounts): ModeRate {
  const decided = counts.fail + counts.pass;
  const applicable = decided + counts.undetermined + counts.needsReview;
  return {
    ...counts,
    rate: decided === 0 ? null : counts.fail / decided,
    interval: wilson(counts.fail, decided),
    coverage: applicable === 0 ? null : decided / applicable,
  };
}
