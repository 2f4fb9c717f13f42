import type { Random } from '../../determinism.js';
import { clusterBootstrap } from '../../statistics/bootstrap.js';
import { widerOf } from '../../statistics/wider-of.js';
import { pairedDifference, type PairedCounts } from '../../statistics/paired-difference.js';
import { signFlip } from '../../statistics/sign-flip.js';
import type { Interval } from '../../statistics/wilson.js';

/** Whether each side failed in a pair. */
export interface DecidedPair {
  readonly scenario: string;
  readonly first: boolean;
  readonly second: boolean;
}

/** How failure rates differ, second less first; rates are 0 to 1. */
export interface Estimate {
  readonly counts: PairedCounts;
  readonly scenarios: number;
  /** Scenarios over whose repeats one side failed oftener. */
  readonly differing: number;
  /** Null without pairs. */
  readonly difference: number | null;
  /** 95 %: the wider, end by end, of a bootstrap over scenarios and of Newcombe's method 10. */
  readonly interval: Interval;
  /** Exact, by sign flips over the scenarios' sums. */
  readonly p: number;
}

/**
 * Compares two sides over pairs. Repeats of a scenario resemble each other, so that scenarios, not
 * pairs, are what is counted as independent.
 */
export function estimate(pairs: readonly DecidedPair[], random: Random): Estimate {
  const clusters = byScenario(pairs);
  const counts = countPairs(pairs);
  return {
    counts,
    scenarios: clusters.length,
    differing: clusters.filter(({ sum }) => sum !== 0).length,
    difference: meanOf(clusters),
    interval: widerOf(
      pairedDifference(swapped(counts), clusters.length),
      clusterBootstrap(
        clusters.map((cluster) => [cluster]),
        meanOf,
        random,
      ),
    ),
    p: signFlip(clusters.map(({ sum }) => sum)),
  };
}

/** Over the pairs of a scenario: failures of the second side less those of the first. */
interface Cluster {
  sum: number;
  pairs: number;
}

function byScenario(pairs: readonly DecidedPair[]): Cluster[] {
  const clusters = new Map<string, Cluster>();
  for (const { scenario, first, second } of pairs) {
    const cluster = clusters.get(scenario) ?? { sum: 0, pairs: 0 };
    clusters.set(scenario, cluster);
    cluster.sum += Number(second) - Number(first);
    cluster.pairs += 1;
  }
  return [...clusters.values()];
}

function meanOf(clusters: readonly Cluster[]): number | null {
  let [sum, pairs] = [0, 0];
  for (const cluster of clusters) {
    sum += cluster.sum;
    pairs += cluster.pairs;
  }
  return pairs === 0 ? null : sum / pairs;
}

function countPairs(pairs: readonly DecidedPair[]): PairedCounts {
  const count = (a: boolean, b: boolean) =>
    pairs.filter(({ first, second }) => first === a && second === b).length;
  return {
    both: count(true, true),
    onlyFirst: count(true, false),
    onlySecond: count(false, true),
    neither: count(false, false),
  };
}

/** So that the second side's rate comes first, as in the difference. */
function swapped({ onlyFirst, onlySecond, ...same }: PairedCounts): PairedCounts {
  return { ...same, onlyFirst: onlySecond, onlySecond: onlyFirst };
}
