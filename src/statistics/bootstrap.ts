import type { Random } from '../determinism.js';
import { quantile } from './quantile.js';
import type { Interval } from './wilson.js';

/**
 * Percentile interval, 95 %, of a statistic under resampling of whole clusters, since cases of one
 * cluster are correlated. Source: Field and Welsh 2007, J. R. Statist. Soc. B 69:369–390.
 * @param tail share of resamples to leave out at each end
 * @returns null where the statistic cannot be computed on the resamples
 */
export function clusterBootstrap<T>(
  clusters: readonly (readonly T[])[],
  statistic: (cases: readonly T[]) => number | null,
  random: Random,
  resamples = 400,
  tail = 0.025,
): Interval | null {
  if (clusters.length === 0) return null;
  const values = Array.from({ length: resamples }, () =>
    statistic(clusters.flatMap(() => random.pick(clusters))),
  ).filter((value) => value !== null);
  const low = quantile(values, tail);
  const high = quantile(values, 1 - tail);
  return low === undefined || high === undefined ? null : { low, high };
}
