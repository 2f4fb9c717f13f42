import { wilson, type Interval } from './wilson.js';

/** Pairs by what happened: in both, in one of them alone, in neither. */
export interface PairedCounts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/**
 * Interval, 95 %, for the difference of two paired proportions, first less second. Source: Newcombe
 * 1998, Statistics in Medicine 17:2635–2650, method 10: Wilson's intervals of both proportions joined
 * by their correlation, which is corrected for continuity where it is positive.
 * @param n what the counts are worth; where pairs come in clusters, the number of clusters
 * @returns −1 to 1, all of it where there is no pair
 */
export function pairedDifference(counts: PairedCounts, n = pairsOf(counts)): Interval {
  const pairs = pairsOf(counts);
  if (pairs === 0) return { low: -1, high: 1 };
  const { both, onlyFirst, onlySecond } = counts;
  const first = (both + onlyFirst) / pairs;
  const second = (both + onlySecond) / pairs;
  const [a, b] = [wilson(first * n, n), wilson(second * n, n)];
  const phi = correlation(counts, n);
  const joined = (x: number, y: number) =>
    Math.sqrt(Math.max(0, x ** 2 - 2 * phi * x * y + y ** 2));
  const difference = first - second;
  return {
    low: difference - joined(first - a.low, b.high - second),
    high: difference + joined(a.high - first, second - b.low),
  };
}

function pairsOf({ both, onlyFirst, onlySecond, neither }: PairedCounts): number {
  return both + onlyFirst + onlySecond + neither;
}

/** Of the table with the same proportions and n pairs; 0 where a margin is empty. */
function correlation(counts: PairedCounts, n: number): number {
  const scale = n / pairsOf(counts);
  const [e, f, g, h] = [counts.both, counts.onlyFirst, counts.onlySecond, counts.neither].map(
    (count) => count * scale,
  ) as [number, number, number, number];
  const margins = (e + f) * (g + h) * (e + g) * (f + h);
  if (margins === 0) return 0;
  const excess = e * h - f * g;
  return (excess > 0 ? Math.max(excess - n / 2, 0) : excess) / Math.sqrt(margins);
}
