import { randomFrom } from '../determinism.js';
import type { SafetyPack } from '../store/review-record.js';
import { shuffled } from '../statistics/shuffled.js';

interface Dealing {
  readonly reviewers: readonly string[];
  /** Items that every reviewer gets. */
  readonly overlap: number;
  /** How many reviewers see each of the rest. */
  readonly each: number;
  readonly seed: number;
}

export interface Dealt {
  readonly reviewers: SafetyPack['reviewers'];
  /** Codes that every reviewer gets. */
  readonly overlap: ReadonlySet<string>;
}

/** Gives each reviewer the overlap and a fair share of the rest, in an order of its own. */
export function dealItems(codes: readonly string[], dealing: Dealing): Dealt {
  const { reviewers, overlap, each, seed } = dealing;
  const mixed = shuffled(codes, randomFrom(seed, 'overlap'));
  const shared = mixed.slice(0, overlap);
  const rest = mixed.slice(overlap);
  const seats = Math.min(each, reviewers.length);
  const sees = (reviewer: number, item: number) =>
    Array.from({ length: seats }, (_, turn) => (item * seats + turn) % reviewers.length).includes(
      reviewer,
    );
  return {
    overlap: new Set(shared),
    reviewers: reviewers.map((name, index) => ({
      name,
      items: shuffled(
        [...shared, ...rest.filter((_, item) => sees(index, item))],
        randomFrom(seed, 'order', name),
      ),
    })),
  };
}
