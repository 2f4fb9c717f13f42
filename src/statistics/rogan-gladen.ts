import { Z_95, type Interval } from './wilson.js';

/** Cases that a test called as they are, of all that were tried; whole numbers unless weighted. */
export interface Share {
  readonly hits: number;
  readonly of: number;
}

export interface TruePrevalence {
  /** Share of truly positive cases, 0 to 1. */
  readonly prevalence: number;
  readonly interval: Interval;
}

/**
 * The share of truly positive cases behind the share that a test calls positive, clamped to 0 to 1.
 * Source: Rogan and Gladen 1978, American Journal of Epidemiology 107:71–76.
 * @param apparent, sensitivity, specificity shares, 0 to 1
 * @returns null where sensitivity + specificity is not above 1, so that the test tells nothing
 */
export function trueShare(
  apparent: number,
  sensitivity: number,
  specificity: number,
): number | null {
  const youden = sensitivity + specificity - 1;
  return youden > 0 ? clamp((apparent + specificity - 1) / youden) : null;
}

/**
 * Prevalence behind the share that an imperfect test calls positive. Source: Rogan and Gladen 1978,
 * American Journal of Epidemiology 107:71–76, clamped to 0 to 1; interval, 95 %, that also holds how
 * little is known of the test: Lang and Reiczigel 2014, Preventive Veterinary Medicine 113:13–22,
 * equations 4, 6, 7, 16 and 17 (in 4 with (1 − P)², which is misprinted there).
 * @param called how many of the cases the test called positive
 * @param sensitivity how many of known positives it called positive, in another, independent sample
 * @param specificity how many of known negatives it called negative, likewise
 * @throws RangeError where sensitivity + specificity is not above 1, so that the test tells nothing, or
 *   where counts are impossible
 */
export function roganGladen(called: Share, sensitivity: Share, specificity: Share): TruePrevalence {
  const [apparent, se, sp] = [rateOf(called), rateOf(sensitivity), rateOf(specificity)];
  const prevalence = trueShare(apparent, se, sp);
  if (prevalence === null) {
    throw new RangeError(`sensitivity ${se} and specificity ${sp} tell nothing`);
  }
  return {
    prevalence,
    interval: langReiczigel(
      widened(called, Z_95 ** 2),
      widened(sensitivity, 2),
      widened(specificity, 2),
    ),
  };
}

function langReiczigel(called: Share, sensitivity: Share, specificity: Share): Interval {
  const [apparent, se, sp] = [rateOf(called), rateOf(sensitivity), rateOf(specificity)];
  const youden = se + sp - 1;
  const prevalence = (apparent + sp - 1) / youden;
  const [ofSe, ofSp] = [varianceOf(sensitivity), varianceOf(specificity)];
  const spread =
    Math.sqrt(varianceOf(called) + prevalence ** 2 * ofSe + (1 - prevalence) ** 2 * ofSp) / youden;
  const centre = prevalence + 2 * Z_95 ** 2 * (prevalence * ofSe - (1 - prevalence) * ofSp);
  return { low: clamp(centre - Z_95 * spread), high: clamp(centre + Z_95 * spread) };
}

/** So many cases more, half of them hits, as in Agresti and Coull's interval. */
function widened({ hits, of }: Share, more: number): Share {
  return { hits: hits + more / 2, of: of + more };
}

function rateOf({ hits, of }: Share): number {
  if (!(hits >= 0 && hits <= of && of > 0))
    throw new RangeError(`${hits} of ${of} is no proportion`);
  return hits / of;
}

function varianceOf(share: Share): number {
  const rate = rateOf(share);
  return (rate * (1 - rate)) / share.of;
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));
