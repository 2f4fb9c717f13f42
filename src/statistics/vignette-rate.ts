import type { Random } from '../determinism.js';
import { clusterBootstrap } from './bootstrap.js';
import { wilson, type Interval } from './wilson.js';

/** The dialogues of one vignette, and those among them that failed; whole numbers. */
export interface VignetteCount {
  readonly n: number;
  readonly failed: number;
}

/** A failure rate over dialogues of which those of one vignette resemble each other. */
export interface VignetteRate {
  readonly n: number;
  readonly failed: number;
  readonly vignettes: number;
  /** Null where n is 0. */
  readonly rate: number | null;
  /** 95 %; 0 to 1 where n is 0. */
  readonly interval: Interval;
}

/**
 * The wider, end by end, of a bootstrap over vignettes and of Wilson's interval at the observed rate
 * with as many cases as there are vignettes: repeats add no independent evidence (domain brief, 2.4).
 */
export function vignetteRate(counts: readonly VignetteCount[], random: Random): VignetteRate {
  const { n, failed } = addUp(counts);
  const vignettes = counts.length;
  const few = wilsonByVignettes(failed, n, vignettes);
  const resampled =
    failed === 0
      ? null
      : clusterBootstrap(
          counts.map((count) => [count]),
          rateOf,
          random,
        );
  return {
    n,
    failed,
    vignettes,
    rate: rateOf(counts),
    interval: resampled
      ? { low: Math.min(few.low, resampled.low), high: Math.max(few.high, resampled.high) }
      : few,
  };
}

/** Wilson's 95 % interval at `failed ÷ n`, of `vignettes` independent cases. */
export function wilsonByVignettes(failed: number, n: number, vignettes: number): Interval {
  return n === 0 ? { low: 0, high: 1 } : wilson((failed / n) * vignettes, vignettes);
}

function rateOf(counts: readonly VignetteCount[]): number | null {
  const { n, failed } = addUp(counts);
  return n === 0 ? null : failed / n;
}

function addUp(counts: readonly VignetteCount[]): VignetteCount {
  let [n, failed] = [0, 0];
  for (const count of counts) {
    n += count.n;
    failed += count.failed;
  }
  return { n, failed };
}
