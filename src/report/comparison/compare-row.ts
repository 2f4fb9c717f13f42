import type { Random } from '../../determinism.js';
import type { Interval } from '../../statistics/wilson.js';
import { estimate, type Estimate } from './estimate.js';
import type { View } from './observation.js';
import {
  failedOr,
  obstacleOf,
  OBSTACLES,
  type DialoguePair,
  type Obstacle,
} from './pair-dialogues.js';

/** How two sides differ over some pairs: where both are decided, and however the others turn out. */
export interface RowEstimate extends Estimate {
  readonly row: string;
  /** Pairs that are not decided on both sides, by reason. */
  readonly undecided: Readonly<Record<Obstacle, number>>;
  /** The least and the greatest difference that all pairs can come to, decided or not. */
  readonly range: Interval;
  /** From the interval's lower end at the least of them to its upper end at the greatest. */
  readonly widest: Interval;
}

export function compareRow(
  row: string,
  pairs: readonly DialoguePair[],
  view: View,
  random: Random,
): RowEstimate {
  const decided = pairs.filter((pair) => obstacleOf(pair, view) === undefined);
  const known = estimateAs(decided, view, false, false, random);
  const undecided = countObstacles(pairs, view);
  if (decided.length === pairs.length) {
    const difference = known.difference ?? 0;
    const range = { low: difference, high: difference };
    return { row, ...known, undecided, range, widest: known.interval };
  }
  const best = estimateAs(pairs, view, true, false, random);
  const worst = estimateAs(pairs, view, false, true, random);
  return {
    row,
    ...known,
    undecided,
    range: { low: best.difference ?? -1, high: worst.difference ?? 1 },
    widest: {
      low: Math.min(best.interval.low, known.interval.low),
      high: Math.max(worst.interval.high, known.interval.high),
    },
  };
}

/** With what is not known of a side taken for failed or passed. */
function estimateAs(
  pairs: readonly DialoguePair[],
  view: View,
  firstFails: boolean,
  secondFails: boolean,
  random: Random,
): Estimate {
  const taken = pairs.map(({ scenario, first, second }) => ({
    scenario,
    first: failedOr(first, view, firstFails),
    second: failedOr(second, view, secondFails),
  }));
  return estimate(taken, random);
}

function countObstacles(pairs: readonly DialoguePair[], view: View): Record<Obstacle, number> {
  const met = pairs.map((pair) => obstacleOf(pair, view));
  const entries = OBSTACLES.map((obstacle) => [
    obstacle,
    met.filter((each) => each === obstacle).length,
  ]);
  return Object.fromEntries(entries) as Record<Obstacle, number>;
}
