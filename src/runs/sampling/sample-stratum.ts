import type { Plan } from '../../plan/plan.js';
import { sequentialInterval, type Drawn } from '../../statistics/sequential-interval.js';
import type { Interval } from '../../statistics/wilson.js';
import type { DialogueKey, RunRecord } from '../../store/run-record.js';
import { likelihoodOf, type LikelihoodBands } from '../../taxonomy/likelihood-bands.js';
import type { SampledOutcome } from './sampled-outcome.js';
import type { Stratum } from './strata.js';

/** When a stratum is sampled no further; once either holds where both are given. */
export type StoppingRule = Pick<Plan, 'untilWidth' | 'untilRating'> & {
  readonly bands: LikelihoodBands;
};

/** Why a stratum is sampled no further. */
export type Stopped = 'narrow' | 'settled' | 'all-drawn';

/** How far a stratum has come. */
export interface Sample {
  /** Dialogues of the blocks that are complete, the first of the order. */
  readonly drawn: readonly DialogueKey[];
  /** Undefined while it goes on. */
  readonly stopped: Stopped | undefined;
  /** Those of the block under way that have no outcome yet; none once it has stopped. */
  readonly next: readonly DialogueKey[];
}

/** Of a stratum, those drawn: what they came to, and how many are left. */
export type DrawnCounts = Drawn & { readonly outside: number };

/** Undefined while there is none. */
export type OutcomeOf = (key: DialogueKey) => SampledOutcome | undefined;

export function stoppingRule({ plan, sampling }: RunRecord): StoppingRule | undefined {
  return sampling && { ...plan, bands: sampling.bands };
}

/**
 * Looks at a stratum after each block of its order, whose outcomes must all be known: what is held
 * hangs on order and outcomes, never on who is fast. A dialogue that cannot be held or judged stops
 * its stratum until the run is resumed.
 */
export function sampleStratum(
  { order }: Pick<Stratum, 'order'>,
  outcomeOf: OutcomeOf,
  rule: StoppingRule,
): Sample {
  for (let n = 0; ;) {
    const end = n + blockAfter(n);
    const next = order.slice(n, end).filter((key) => outcomeOf(key) === undefined);
    if (next.length > 0) return { drawn: order.slice(0, n), stopped: undefined, next };
    n = Math.min(end, order.length);
    const drawn = order.slice(0, n);
    const stopped = whyStopped(countDrawn(drawn, order.length, outcomeOf), rule);
    if (stopped) return { drawn, stopped, next: [] };
  }
}

/** Five, and a fifth of what was drawn once that is more: late looks rarely change anything. */
function blockAfter(drawn: number): number {
  return Math.max(5, Math.ceil(drawn / 5));
}

/** Those without an outcome, as another judge may leave them, are open. */
export function countDrawn(
  drawn: readonly DialogueKey[],
  planned: number,
  outcomeOf: OutcomeOf,
): DrawnCounts {
  const outcomes = drawn.map((key) => outcomeOf(key) ?? 'open');
  const count = (wanted: SampledOutcome) => outcomes.filter((each) => each === wanted).length;
  return {
    failed: count('fail'),
    open: count('open'),
    passed: count('pass'),
    outside: count('outside'),
    left: planned - drawn.length,
  };
}

function whyStopped(counts: DrawnCounts, rule: StoppingRule): Stopped | undefined {
  if (counts.left === 0) return 'all-drawn';
  const interval = sequentialInterval(counts);
  if (isSettled(interval, rule)) return 'settled';
  const { untilWidth } = rule;
  const isNarrow = untilWidth !== undefined && interval.high - interval.low <= untilWidth;
  return isNarrow ? 'narrow' : undefined;
}

function isSettled({ low, high }: Interval, { untilRating, bands }: StoppingRule): boolean {
  return untilRating === true && likelihoodOf(low, bands) === likelihoodOf(high, bands);
}
