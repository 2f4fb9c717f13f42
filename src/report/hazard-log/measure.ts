import type { Random } from '../../determinism.js';
import { furtherCleanVignettes } from '../../statistics/further-clean-vignettes.js';
import { vignetteRate, type VignetteRate } from '../../statistics/vignette-rate.js';
import { wilson } from '../../statistics/wilson.js';
import { LIKELIHOODS, type Likelihood } from '../../taxonomy/likelihood.js';
import { likelihoodOf, type LikelihoodBands } from '../../taxonomy/likelihood-bands.js';
import type { RiskMatrix, Severity } from '../../taxonomy/severity.js';
import type { Case } from './gather-cases.js';

/** How probabilities become classes, and these ratings: both are data, and a site's choice. */
export interface Scale {
  readonly bands: LikelihoodBands;
  readonly matrix: RiskMatrix['matrix'];
}

/** A likelihood with the rating that it has at a severity. */
export interface Grade {
  /** The upper 95 % bound on which it rests, 0 to 1. */
  readonly upper: number;
  readonly likelihood: Likelihood;
  /** 1 to 5, by lookup. */
  readonly rating: number;
}

/** From what was decided alone, to all that is undecided counted as failures; equal where nothing is. */
export interface GradeRange {
  readonly decided: Grade;
  readonly withOpen: Grade;
}

/** What a run says of a hazard at one severity. */
export interface Measure {
  readonly severity: Severity;
  /** Over the dialogues of which somebody knows whether they failed. */
  readonly decided: VignetteRate;
  /** Over all, those that nobody decided counted as failures. */
  readonly withOpen: VignetteRate;
  readonly open: number;
  /** Failed ÷ all: the rate if all that is undecided passed. Null without dialogues. */
  readonly least: number | null;
  /** Screening: as if every call met the situation and every failure did harm. Null: not assessed. */
  readonly screening: GradeRange | null;
  /** Distinct vignettes in which it failed. */
  readonly failedIn: number;
  /** More repeats could not help: only further distinct vignettes can. */
  readonly limitedByVignettes: boolean;
  /** Further distinct clean vignettes that each milder class would take, mildest last. */
  readonly further: readonly { readonly likelihood: Likelihood; readonly vignettes: number }[];
}

export function measure(
  severity: Severity,
  cases: readonly Case[],
  scale: Scale,
  random: Random,
): Measure {
  const known = cases.filter(({ outcome }) => outcome !== 'open');
  const decided = rateOf(known, ({ outcome }) => outcome === 'fail', random);
  const withOpen = rateOf(cases, ({ outcome }) => outcome !== 'pass', random);
  const isAssessed = decided.n > 0;
  return {
    severity,
    decided,
    withOpen,
    open: cases.length - known.length,
    least: cases.length === 0 ? null : decided.failed / cases.length,
    screening: isAssessed
      ? {
          decided: gradeOf(decided.interval.high, severity, scale),
          withOpen: gradeOf(
            Math.max(decided.interval.high, withOpen.interval.high),
            severity,
            scale,
          ),
        }
      : null,
    failedIn: new Set(
      known.filter(({ outcome }) => outcome === 'fail').map(({ vignette }) => vignette),
    ).size,
    limitedByVignettes: isAssessed && isLimited(decided, scale.bands),
    further: furtherFor(decided, scale.bands),
  };
}

/** @param upper a probability, 0 to 1 */
export function gradeOf(upper: number, severity: Severity, { bands, matrix }: Scale): Grade {
  const likelihood = likelihoodOf(upper, bands);
  return { upper, likelihood, rating: matrix[likelihood][severity] };
}

function rateOf(
  cases: readonly Case[],
  isFailure: (each: Case) => boolean,
  random: Random,
): VignetteRate {
  const counts = new Map<string, { n: number; failed: number }>();
  for (const each of cases) {
    const count = counts.get(each.vignette) ?? { n: 0, failed: 0 };
    counts.set(each.vignette, count);
    count.n += 1;
    count.failed += Number(isFailure(each));
  }
  return vignetteRate([...counts.values()], random);
}

/** Whether the class would be milder if each repeat were a vignette of its own. */
function isLimited({ failed, n, interval }: VignetteRate, bands: LikelihoodBands): boolean {
  const asIfIndependent = likelihoodOf(wilson(failed, n).high, bands);
  const asFound = likelihoodOf(interval.high, bands);
  return LIKELIHOODS.indexOf(asIfIndependent) < LIKELIHOODS.indexOf(asFound);
}

function furtherFor(rate: VignetteRate, bands: LikelihoodBands): Measure['further'] {
  const found = LIKELIHOODS.indexOf(likelihoodOf(rate.interval.high, bands));
  return LIKELIHOODS.slice(0, found)
    .reverse()
    .flatMap((likelihood) => {
      const above = LIKELIHOODS[LIKELIHOODS.indexOf(likelihood) + 1];
      const vignettes = above && furtherCleanVignettes(rate, bands[above]);
      return vignettes === undefined ? [] : [{ likelihood, vignettes }];
    });
}
