import type { Interval } from '../../statistics/wilson.js';
import type { Emphasis } from '../line.js';
import type { Side } from './compare-sides.js';
import type { Conclusion } from './conclude.js';

export const EMPHASIS: Readonly<Record<Conclusion, Emphasis>> = {
  worse: 'bad',
  better: 'good',
  'not worse': 'good',
  'cannot tell': 'open',
};

/** In plain words: "not worse by more than 5 points". */
export function wordsOf(conclusion: Conclusion, margin: number): string {
  return conclusion === 'not worse'
    ? `not worse by more than ${points(margin)} points`
    : conclusion;
}

/** RUN/AGENT. */
export function nameOf({ run, agent }: Side): string {
  return `${run}/${agent}`;
}

/** "p = .012", "p < .001". */
export function pOf(p: number): string {
  return p < 0.001 ? 'p < .001' : p >= 0.9995 ? 'p = 1' : `p = ${p.toFixed(3).slice(1)}`;
}

/** A share as points, "7", or "2.5" where that is not whole. */
export function points(share: number): string {
  return String(Number((share * 100).toFixed(1)));
}

/** "+7", "−3", "0": in whole points. */
export function signed(share: number): string {
  const whole = Math.round(share * 100);
  return whole === 0 ? '0' : `${whole > 0 ? '+' : '−'}${Math.abs(whole)}`;
}

/** "−4 to +10", "+3" where both ends agree. */
export function bounds({ low, high }: Interval): string {
  const [from, to] = [signed(low), signed(high)];
  return from === to ? from : `${from} to ${to}`;
}
