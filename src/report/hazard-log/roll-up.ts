import type { HazardEntry } from './hazard-entry.js';
import { gradeOf, type Scale } from './measure.js';

export interface RollUp {
  readonly assessed: number;
  readonly notAssessed: readonly string[];
  /** Hazards by highest rating, 5 first; what nobody measured counts as Very high. */
  readonly byRating: readonly { readonly rating: number; readonly hazards: readonly string[] }[];
}

/** Counts each hazard at the highest rating of any of its severities, undecided against the agent. */
export function rollUp(entries: readonly HazardEntry[], scale: Scale): RollUp {
  const ratings = entries.map((entry) => ({ id: entry.hazard.id, rating: highest(entry, scale) }));
  return {
    assessed: entries.filter(({ top }) => top).length,
    notAssessed: entries.filter(({ top }) => !top).map(({ hazard }) => hazard.id),
    byRating: [5, 4, 3, 2, 1].map((rating) => ({
      rating,
      hazards: ratings.filter((each) => each.rating === rating).map(({ id }) => id),
    })),
  };
}

function highest({ severities }: HazardEntry, scale: Scale): number {
  const ratings = severities.map(
    ({ measure: { screening, severity } }) =>
      screening?.withOpen.rating ?? gradeOf(1, severity, scale).rating,
  );
  return Math.max(...ratings);
}
