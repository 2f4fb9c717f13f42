import { afterAll, describe, expect, it } from 'vitest';
import { BOUNDARIES } from './boundaries.js';
import { renderTrials, tryOut, type Trials } from './trials.js';

/** 500 with every `npm test`, 10,000 in `npm run test:soak`. */
const CASES = Number(process.env.SOAK_CASES ?? 500);
const done: Trials[] = [];

afterAll(() => console.log(renderTrials(done)));

describe('whatever comes in', () => {
  it('comes to the number of cases that is promised', () => {
    expect(BOUNDARIES.reduce((sum, { share }) => sum + share, 0)).toBe(1000);
  });

  it.each(BOUNDARIES)('is taken where it is right: $name', async ({ sound, take }) => {
    expect(typeof (await take(sound as never))).not.toBe('string');
  });

  it.each(BOUNDARIES)(
    '$name end in words, or go well',
    async (boundary) => {
      const trials = await tryOut(boundary, Math.round((CASES * boundary.share) / 1000));
      done.push(trials);
      expect(trials.failures.slice(0, 3)).toEqual([]);
    },
    1_200_000,
  );
});
