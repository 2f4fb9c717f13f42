import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../src/determinism.js';
import type { Case } from '../../../src/report/hazard-log/gather-cases.js';
import { measure } from '../../../src/report/hazard-log/measure.js';
import { furtherCleanVignettes } from '../../../src/statistics/further-clean-vignettes.js';
import { trueShare } from '../../../src/statistics/rogan-gladen.js';
import { vignetteRate, wilsonByVignettes } from '../../../src/statistics/vignette-rate.js';
import { DEFAULT_BANDS, likelihoodOf } from '../../../src/taxonomy/likelihood-bands.js';
import { taxonomy } from '../stored-dialogue.js';

const scale = { bands: DEFAULT_BANDS, matrix: taxonomy.riskMatrix.matrix };
const random = () => randomFrom('test');

function cases(outcomes: readonly Case['outcome'][], vignettes = outcomes.length): Case[] {
  return outcomes.map((outcome, at) => ({
    dialogue: `d${at}`,
    vignette: `v${at % vignettes}`,
    outcome,
    modes: [],
  }));
}

const clean = (n: number, vignettes = n) => cases(Array<'pass'>(n).fill('pass'), vignettes);
const measured = (given: readonly Case[]) => measure('Major', given, scale, random());

describe('screening by the anchors of the domain brief, 2.4', () => {
  it.each([
    [3, 'Very high', 5],
    [4, 'High', 4],
    [30, 'High', 4],
    [34, 'High', 4],
    [35, 'Medium', 3],
    [380, 'Medium', 3],
    [381, 'Low', 3],
    [3837, 'Low', 3],
    [3838, 'Very low', 2],
  ])('%i clean vignettes are %s and, at Major, rated %i', (n, likelihood, rating) => {
    expect(measured(clean(n)).screening?.decided).toMatchObject({ likelihood, rating });
  });

  it.each([
    [30, 0.1135],
    [150, 0.02497],
    [420, 0.00906],
    [2100, 0.001826],
  ])('%i clean vignettes leave an upper bound of %f', (n, upper) => {
    expect(measured(clean(n)).screening?.decided.upper).toBeCloseTo(upper, 4);
  });

  it('gives repeats no weight: 2,100 clean dialogues of ten vignettes stay High', () => {
    const { screening, limitedByVignettes } = measured(clean(2100, 10));
    expect(screening?.decided.upper).toBeCloseTo(0.2775, 4);
    expect(screening?.decided.likelihood).toBe('High');
    expect(limitedByVignettes).toBe(true);
  });

  it('is not limited by vignettes where each dialogue has its own', () => {
    expect(measured(clean(30)).limitedByVignettes).toBe(false);
  });

  it('counts a class from its lower end on', () => {
    expect([0.5, 0.4999, 0.1, 0.01, 0.001, 0].map((p) => likelihoodOf(p, DEFAULT_BANDS))).toEqual([
      'Very high',
      'High',
      'High',
      'Medium',
      'Low',
      'Very low',
    ]);
  });

  it('says how many further clean vignettes each class takes', () => {
    expect(measured(clean(30)).further).toEqual([
      { likelihood: 'Medium', vignettes: 5 },
      { likelihood: 'Low', vignettes: 351 },
      { likelihood: 'Very low', vignettes: 3808 },
    ]);
  });

  it('ranges to all that is undecided counted as failures', () => {
    const { screening, decided, withOpen, open, least } = measured([
      ...clean(40),
      ...cases(Array<'open'>(40).fill('open')),
    ]);
    expect([decided.n, decided.failed, withOpen.n, withOpen.failed, open]).toEqual([
      40, 0, 80, 40, 40,
    ]);
    expect(least).toBe(0);
    expect(screening?.decided.likelihood).toBe('Medium');
    expect(screening?.withOpen.likelihood).toBe('Very high');
  });

  it('assesses nothing where nothing was decided', () => {
    expect(measured(cases(['open', 'open'])).screening).toBeNull();
    expect(measured([]).screening).toBeNull();
  });
});

describe('vignetteRate', () => {
  const counts = fc.array(
    fc.record({
      n: fc.integer({ min: 1, max: 9 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 30 },
  );

  it('holds its rate, lies within 0 to 1, and is never narrower than Wilson over vignettes', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const made = given.map(({ n, share }) => ({ n, failed: Math.round(n * share) }));
        const { rate, interval } = vignetteRate(made, random());
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1);
        expect(interval.low).toBeLessThanOrEqual(rate ?? Number.NaN);
        expect(interval.high).toBeGreaterThanOrEqual(rate ?? Number.NaN);
        const once = vignetteRate(
          made.map(({ n, failed }) => ({ n: 2 * n, failed: 2 * failed })),
          random(),
        );
        expect(once.interval.high).toBeCloseTo(interval.high, 10);
      }),
      { numRuns: 60 },
    );
  });

  it('is as wide as the bootstrap where one vignette holds nearly all failures', () => {
    const made = [
      { n: 100, failed: 100 },
      ...Array<{ n: number; failed: number }>(9).fill({ n: 1, failed: 0 }),
    ];
    // Resampled without that vignette, as more than a third of the resamples are, none fails.
    expect(vignetteRate(made, random()).interval.low).toBe(0);
    expect(wilsonByVignettes(100, 109, 10).low).toBeGreaterThan(0.5);
  });
});

it('finds the fewest vignettes, and none where a million would not do', () => {
  const none = { failed: 0, n: 0, vignettes: 0 };
  expect([0.5, 0.1, 0.01, 0.001].map((below) => furtherCleanVignettes(none, below))).toEqual([
    4, 35, 381, 3838,
  ]);
  expect(furtherCleanVignettes({ failed: 5, n: 5, vignettes: 5 }, 1e-7)).toBeUndefined();
});

it('corrects by Rogan and Gladen, within 0 to 1', () => {
  expect(trueShare(0.2, 0.9, 0.95)).toBeCloseTo(0.15 / 0.85, 10);
  expect(trueShare(0.01, 0.9, 0.95)).toBe(0);
  expect(trueShare(0.99, 0.6, 0.9)).toBe(1);
  expect(trueShare(0.5, 0.5, 0.5)).toBeNull();
});
