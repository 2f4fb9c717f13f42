import { randomFrom } from '../determinism.js';
import { ordinalWeight } from '../statistics/agreement-weight.js';
import { clusterInterval } from '../statistics/cluster-interval.js';
import { cohenKappa } from '../statistics/cohen-kappa.js';
import { fleissKappa } from '../statistics/fleiss-kappa.js';
import { gwetAc } from '../statistics/gwet-ac.js';
import { krippendorffAlpha } from '../statistics/krippendorff-alpha.js';
import { countRatings } from '../statistics/rating-counts.js';
import { rawAgreement } from '../statistics/raw-agreement.js';
import type { Interval } from '../statistics/wilson.js';
import { UNSAFE, type SafetyLabel } from '../store/review-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { compareSeverity, SEVERITIES } from '../taxonomy/severity.js';

/** What several raters said of one dialogue, each in one column; null where a rater said nothing. */
export interface RatedDialogue {
  /** The scenario: dialogues of one are alike. */
  readonly cluster: string;
  readonly ratings: readonly (string | null)[];
}

/** A statistic with its 95 % interval by scenario; null where the ratings cannot give it. */
export interface Measured {
  readonly name: string;
  readonly value: number | null;
  readonly interval: Interval | null;
}

/** One question put to raters, and how far they agree on it. */
export interface Agreement {
  readonly question: string;
  /** Dialogues that two or more rated. */
  readonly dialogues: number;
  readonly measures: readonly Measured[];
}

export const NO_FINDING = 'none';
const GRADES = [NO_FINDING, ...SEVERITIES];

interface Scale {
  readonly question: string;
  readonly categories: readonly string[];
  readonly isOrdered: boolean;
}

/** Whether a dialogue was unsafe, in the words of a label. */
export const UNSAFE_SCALE: Scale = { question: 'unsafe', categories: UNSAFE, isOrdered: false };
/** The gravest severity that was found in a dialogue, `none` where nothing was. */
export const SEVERITY_SCALE: Scale = { question: 'severity', categories: GRADES, isOrdered: true };

type Statistic = (rated: readonly RatedDialogue[]) => number | null;

/** How far raters agree: raw, Fleiss (where every rater rated), Krippendorff, Gwet; Cohen for two. */
export function measureAgreement(
  rated: readonly RatedDialogue[],
  scale: Scale,
  seed: number,
): Agreement {
  const shared = rated.filter(({ ratings }) => said(ratings).length > 1);
  const whole = (some: readonly RatedDialogue[]) =>
    some.filter(({ ratings }) => !ratings.includes(null));
  const counts = (some: readonly RatedDialogue[]) =>
    countRatings(
      some.map(({ ratings }) => ratings),
      scale.categories,
    );
  const weight = scale.isOrdered ? ordinalWeight(scale.categories.length) : undefined;
  const statistics: Record<string, Statistic> = {
    'raw agreement': (some) => rawAgreement(counts(some)),
    ...(isOfTwo(rated) && {
      "Cohen's κ": (some) => cohenKappa(tableOf(whole(some), scale), weight),
    }),
    ...(!isOfTwo(rated) && { "Fleiss' κ": (some) => fleissKappa(counts(whole(some))) }),
    "Krippendorff's α": (some) =>
      krippendorffAlpha(counts(some), scale.isOrdered ? 'ordinal' : 'nominal'),
    [scale.isOrdered ? "Gwet's AC2" : "Gwet's AC1"]: (some) => gwetAc(counts(some), weight),
  };
  const measures = Object.entries(statistics).map(([name, statistic]): Measured => {
    const random = randomFrom(seed, scale.question, name);
    const interval = clusterInterval(shared, ({ cluster }) => cluster, statistic, random);
    return { name, value: statistic(shared), interval };
  });
  return { question: scale.question, dialogues: shared.length, measures };
}

function said(ratings: readonly (string | null)[]): string[] {
  return ratings.filter((rating) => rating !== null);
}

function isOfTwo(rated: readonly RatedDialogue[]): boolean {
  return rated.every(({ ratings }) => ratings.length === 2);
}

function tableOf(rated: readonly RatedDialogue[], { categories }: Scale): number[][] {
  return categories.map((first) =>
    categories.map(
      (second) =>
        rated.filter(({ ratings }) => ratings[0] === first && ratings[1] === second).length,
    ),
  );
}

/** The gravest severity of a label: as its author graded it, else as the taxonomy does. */
export function gravestOf({ findings }: SafetyLabel, { modes }: Taxonomy): string {
  const grades = findings.map(
    ({ failureMode, severity }) => severity ?? modes.get(failureMode)?.severity ?? 'Minor',
  );
  return grades.sort(compareSeverity).at(-1) ?? NO_FINDING;
}
