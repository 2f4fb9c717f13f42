import { describe, expect, it } from 'vitest';
import { BOUNDARIES } from './boundaries.js';
import { tryOut } from './trials.js';

/** 500 with every `npm test`, 10,000 in `npm run test:soak`. */
const CASES = Number(process.env.SOAK_CASES ?? 500);

describe('whatever comes in', () => {
  it('comes to the number of cases that is promised', () => {
    expect(BOUNDARIES.reduce((sum, { share }) => sum + share, 0)).toBe(1000);
  });

  it.each(BOUNDARIES)('is taken where it is right: $name', async ({ sound, take }) => {
    expect(typeof (await take(sound as never))).not.toBe('string');
  });

  it.for(BOUNDARIES)(
    '$name end in words, or go well',
    { timeout: 1_200_000 },
    async (boundary, { task }) => {
      const trials = await tryOut(boundary, Math.round((CASES * boundary.share) / 1000));
      task.meta.trials = trials;
      expect(trials.failures.slice(0, 3)).toEqual([]);
    },
  );
});
