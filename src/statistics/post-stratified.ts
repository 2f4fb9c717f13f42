import type { Random } from '../determinism.js';
import { clusterInterval } from './cluster-interval.js';
import { groupBy } from './group-by.js';
import { stratifiedRate } from './stratified-rate.js';
import { sumInterval } from './sum-interval.js';
import { widerOf } from './wider-of.js';
import { wilson, type Interval } from './wilson.js';

/** A dialogue of a run, of which a sample was drawn for review, stratum by stratum. */
export interface SampledDialogue {
  readonly stratum: string;
  /** What it resembles the others of, as a scenario. */
  readonly cluster: string;
  /** Null where it was not drawn. */
  readonly review: Review | null;
}

export interface Review {
  readonly positive: boolean;
  /** With which it was drawn, above 0 to 1. */
  readonly probability: number;
}

export interface EstimatedRate {
  readonly rate: number;
  /** 95 %; null where there are fewer than two clusters. */
  readonly interval: Interval | null;
}

/**
 * Rate of positives among all dialogues of a run by those that were reviewed: the rate of each stratum,
 * its dialogues by the inverse of their probabilities (Horvitz and Thompson 1952, J. Am. Stat. Assoc.
 * 47:663–685), weighted by the stratum's share of the run (Holt and Smith 1979, J. R. Statist. Soc. A
 * 142:33–46). The interval is for runs of other such scenarios, hence wide for this run alone: the
 * wider, end by end, of a bootstrap over clusters, strata's sizes included, and of the sum of the
 * strata's Wilson intervals. The bootstrap alone has no width where all that was reviewed is alike, and
 * Wilson's alone takes no account of clusters.
 * @returns null where a stratum, or the whole run, has no reviewed dialogue
 * @throws RangeError for a probability outside 0 to 1
 */
export function postStratified(
  dialogues: readonly SampledDialogue[],
  random: Random,
): EstimatedRate | null {
  const parts = partsOf(dialogues);
  const rate = rateOver(parts);
  if (rate === null) return null;
  const resampled = clusterInterval(parts, ({ cluster }) => cluster, rateOver, random);
  return { rate, interval: resampled && widerOf(wilsonOver(strataOf(parts)), resampled) };
}

type Writable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** Of a stratum, or what a cluster has of it. */
interface Part {
  readonly stratum: string;
  readonly cluster: string;
  readonly size: number;
  /** Sums over those reviewed: of 1 ÷ probability, of the same over positives, and of its squares. */
  readonly weight: number;
  readonly positive: number;
  readonly squares: number;
}

function partsOf(dialogues: readonly SampledDialogue[]): Part[] {
  const parts = groupBy(dialogues.map(partOf), ({ stratum, cluster }) =>
    JSON.stringify([stratum, cluster]),
  );
  return [...parts.values()].flatMap(strataOf);
}

/** One part for all of a stratum; its cluster is then any of theirs. */
function strataOf(parts: readonly Part[]): Part[] {
  const strata = new Map<string, Writable<Part>>();
  for (const part of parts) {
    const stratum = strata.get(part.stratum);
    if (!stratum) {
      strata.set(part.stratum, { ...part });
      continue;
    }
    stratum.size += part.size;
    stratum.weight += part.weight;
    stratum.positive += part.positive;
    stratum.squares += part.squares;
  }
  return [...strata.values()];
}

function partOf({ stratum, cluster, review }: SampledDialogue): Part {
  if (!review) return { stratum, cluster, size: 1, weight: 0, positive: 0, squares: 0 };
  const { positive, probability } = review;
  if (!(probability > 0 && probability <= 1)) {
    throw new RangeError(`${probability} is no probability of being drawn`);
  }
  const weight = 1 / probability;
  return {
    stratum,
    cluster,
    size: 1,
    weight,
    positive: positive ? weight : 0,
    squares: weight ** 2,
  };
}

function rateOver(parts: readonly Part[]): number | null {
  const strata = strataOf(parts);
  if (strata.length === 0 || strata.some(({ weight }) => weight === 0)) return null;
  return stratifiedRate(
    strata.map(({ size, positive, weight }) => ({ size, rate: positive / weight })),
  );
}

function wilsonOver(strata: readonly Part[]): Interval {
  const all = strata.reduce((sum, { size }) => sum + size, 0);
  return sumInterval(
    strata.map(({ size, weight, positive, squares }) => {
      // What unequal weights leave of the sample: Kish 1965, Survey Sampling, section 11.7.
      const worth = weight ** 2 / squares;
      const estimate = positive / weight;
      return { coefficient: size / all, estimate, interval: wilson(estimate * worth, worth) };
    }),
  );
}
