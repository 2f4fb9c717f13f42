import type { Interval } from './wilson.js';

/** From the lower of two lows to the higher of two highs; the one where the other is not known. */
export function widerOf(one: Interval, other: Interval | null): Interval {
  if (!other) return one;
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
}
