import type { Random } from '../determinism.js';
import { clusterBootstrap } from './bootstrap.js';
import { expandedTail } from './expanded-tail.js';
import { groupBy } from './group-by.js';
import type { Interval } from './wilson.js';

const RESAMPLES = 400;

/**
 * Percentile interval, 95 %, of any statistic of cases that come in clusters, as dialogues do of a
 * scenario: whole clusters are drawn again (Field and Welsh 2007, J. R. Statist. Soc. B 69:369–390),
 * and the fewer they are, the less is left out at the ends ({@link expandedTail}). Where all cases are
 * alike it has no width, which is no certainty: with few cases, add Wilson's.
 * @returns null where there are fewer than two clusters, or no resample gives the statistic
 */
export function clusterInterval<Case>(
  cases: readonly Case[],
  clusterOf: (one: Case) => string,
  statistic: (cases: readonly Case[]) => number | null,
  random: Random,
): Interval | null {
  const clusters = [...groupBy(cases, clusterOf).values()];
  if (clusters.length < 2) return null;
  return clusterBootstrap(clusters, statistic, random, RESAMPLES, expandedTail(clusters.length));
}
