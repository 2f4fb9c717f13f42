import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Time comes in, so that a run can be repeated to the byte. */
export type Clock = () => Date;

/** A seeded stream of random choices. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of the items. @throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T;
}

/**
 * A stream that depends only on the labels: the run's seed, then what the stream is for. The same
 * labels give the same stream on every machine, whatever else runs beside it.
 */
export function randomFrom(...labels: readonly (string | number)[]): Random {
  const digest = createHash('sha256').update(JSON.stringify(labels)).digest();
  const generator = xoroshiro128plus(digest.readInt32LE(0));
  const int = (min: number, max: number) => uniformInt(generator, min, max);
  return {
    int,
    chance: (probability) => int(0, 999_999) < probability * 1_000_000,
    pick: (items) => {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new RangeError('cannot pick from an empty list');
      return item;
    },
  };
}
