import { randomFrom } from '../determinism.js';
import { clusterInterval } from '../statistics/cluster-interval.js';
import { widerOf } from '../statistics/wider-of.js';
import { wilson, type Interval } from '../statistics/wilson.js';
import type { DialogueLabel, Preference, RealismPack } from '../store/review-record.js';

export interface MeanRating {
  /** 1 to 5; null where nobody rated. */
  readonly mean: number | null;
  readonly ratings: number;
}

/** What reviewers said of two patients. */
export interface PreferenceSummary {
  readonly patients: { readonly a: string; readonly b: string };
  readonly a: number;
  readonly b: number;
  readonly ties: number;
  /** Share that preferred A, a tie as half, 0 to 1; null without answers. */
  readonly share: number | null;
  /** 95 %, a tie as half an answer each way: the wider of Wilson's and a bootstrap by pair. */
  readonly interval: Interval | null;
  readonly ratings: { readonly a: MeanRating; readonly b: MeanRating };
  /** By axis of the persona and its level. */
  readonly byPersona: readonly {
    readonly axis: string;
    readonly level: string;
    readonly a: MeanRating;
    readonly b: MeanRating;
  }[];
}

/** Of two labels by one author on one pair the later counts. */
export function summarisePreferences(
  { id, seed, patients, items }: RealismPack,
  labels: readonly DialogueLabel[],
): PreferenceSummary {
  const own = labels.flatMap(({ label }) =>
    label.kind === 'preference' && label.pack === id ? [label] : [],
  );
  const latest = [...new Map(own.map((each) => [`${each.author} ${each.item}`, each])).values()];
  const count = (side: Preference['preferred']) =>
    latest.filter(({ preferred }) => preferred === side).length;
  const [a, b, ties] = [count('a'), count('b'), count('tie')];
  const n = latest.length;
  const personaOf = new Map(items.map(({ code, persona }) => [code, persona]));
  return {
    ...{ patients, a, b, ties },
    share: n === 0 ? null : (a + ties / 2) / n,
    interval: n === 0 ? null : widerOf(wilson(a + ties / 2, n), byPair(latest, seed)),
    ratings: { a: mean(latest, 'a'), b: mean(latest, 'b') },
    byPersona: levelsOf(items).map(({ axis, level }) => {
      const among = latest.filter(({ item }) => personaOf.get(item)?.[axis] === level);
      return { axis, level, a: mean(among, 'a'), b: mean(among, 'b') };
    }),
  };
}

/** Several reviewers of one pair answer alike. */
function byPair(labels: readonly Preference[], seed: number): Interval | null {
  const worth = { a: 1, b: 0, tie: 0.5 };
  return clusterInterval(
    labels,
    ({ item }) => item,
    (some) => some.reduce((sum, { preferred }) => sum + worth[preferred], 0) / some.length,
    randomFrom(seed, 'preferences'),
  );
}

function levelsOf(items: RealismPack['items']): { axis: string; level: string }[] {
  const pairs = items.flatMap(({ persona }) => Object.entries(persona));
  const levels = new Map(pairs.map(([axis, level]) => [`${axis}=${level}`, { axis, level }]));
  return [...levels].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, each]) => each);
}

function mean(labels: readonly Preference[], side: 'a' | 'b'): MeanRating {
  const rated = labels.flatMap(({ ratings }) => ratings[side] ?? []);
  const sum = rated.reduce((total, rating) => total + rating, 0);
  return { mean: rated.length === 0 ? null : sum / rated.length, ratings: rated.length };
}
