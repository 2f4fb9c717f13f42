import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { postStratified, type SampledDialogue } from '../../src/statistics/post-stratified.js';
import { stratifiedRate, stratifiedVariance } from '../../src/statistics/stratified-rate.js';
import { sumInterval } from '../../src/statistics/sum-interval.js';
import { wilson } from '../../src/statistics/wilson.js';

describe('stratifiedRate and stratifiedVariance', () => {
  // Lohr, Sampling: Design and Analysis, survey of the American Council of Learned Societies: members,
  // valid returns and share of women in seven disciplines; estimate .2465, standard error .0071.
  const disciplines = [
    { size: 9100, reviewed: 636, rate: 0.38 },
    { size: 1950, reviewed: 451, rate: 0.27 },
    { size: 5500, reviewed: 481, rate: 0.18 },
    { size: 10850, reviewed: 611, rate: 0.19 },
    { size: 2100, reviewed: 493, rate: 0.36 },
    { size: 5500, reviewed: 575, rate: 0.13 },
    { size: 9000, reviewed: 588, rate: 0.26 },
  ];
  it('give the published estimate and standard error', () => {
    expect(stratifiedRate(disciplines).toFixed(4)).toBe('0.2465');
    expect(Math.sqrt(stratifiedVariance(disciplines)).toFixed(4)).toBe('0.0071');
    // To more digits, by R: the handout Strat.Intro of E. Slud's course STAT 440, Maryland.
    expect(Math.sqrt(stratifiedVariance(disciplines))).toBeCloseTo(0.007118622, 9);
  });
});

describe('sumInterval', () => {
  // Newcombe 1998, Statistics in Medicine 17:873–890, table II, method 10, differences (a) to (d).
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
  ])('gives the published interval for %i of %i less %i of %i', (a, m, b, n, low, high) => {
    const interval = sumInterval([
      { coefficient: 1, estimate: a / m, interval: wilson(a, m) },
      { coefficient: -1, estimate: b / n, interval: wilson(b, n) },
    ]);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

describe('postStratified', () => {
  const random = () => randomFrom('post-stratified');
  /** So many dialogues of a stratum, over ten scenarios, of which the first ones were reviewed. */
  const stratum = (name: string, size: number, reviewed: number, positive: number) =>
    Array.from({ length: size }, (_, at): SampledDialogue => ({
      stratum: name,
      cluster: `s${at % 10}`,
      review: at < reviewed ? { positive: at < positive, probability: reviewed / size } : null,
    }));

  it('weighs each stratum by its size in the run, not by what was reviewed of it', () => {
    const found = postStratified(
      [...stratum('few', 50, 50, 40), ...stratum('many', 950, 50, 5)],
      random(),
    );
    expect(found?.rate).toBeCloseTo((50 * 0.8 + 950 * 0.1) / 1000, 12);
    expect(found?.interval?.low).toBeLessThan(0.135);
    expect(found?.interval?.high).toBeGreaterThan(0.135);
    // The textbook's half width, 1.96 standard errors, counts neither clusters nor small numbers.
    const variance = stratifiedVariance([
      { size: 50, reviewed: 50, rate: 0.8 },
      { size: 950, reviewed: 50, rate: 0.1 },
    ]);
    expect(found?.interval?.high).toBeGreaterThan(0.135 + 1.96 * Math.sqrt(variance));
  });

  it('weighs dialogues of a stratum by the inverse of their probabilities', () => {
    const one = (cluster: string, positive: boolean, probability: number): SampledDialogue => ({
      stratum: 'all',
      cluster,
      review: { positive, probability },
    });
    const found = postStratified(
      [one('a', true, 0.25), one('b', false, 1), one('c', false, 1)],
      random(),
    );
    expect(found?.rate).toBeCloseTo(4 / 6, 12);
  });

  it('is not certain where no reviewed dialogue of a stratum is positive', () => {
    const found = postStratified(stratum('quiet', 200, 20, 0), random());
    expect(found?.rate).toBe(0);
    expect(found?.interval).toEqual(wilson(0, 20));
  });

  it('is wider where dialogues of a scenario are alike', () => {
    const run = (cluster: (at: number) => string) =>
      Array.from({ length: 200 }, (_, at): SampledDialogue => ({
        stratum: 'all',
        cluster: cluster(at),
        review: { positive: at % 10 < 3, probability: 1 },
      }));
    const width = (dialogues: SampledDialogue[]) => {
      const interval = postStratified(dialogues, random())?.interval;
      return (interval?.high ?? 0) - (interval?.low ?? 0);
    };
    expect(width(run((at) => `s${at % 10}`))).toBeGreaterThan(2 * width(run((at) => `s${at}`)));
  });

  it('is unknown where a stratum was not reviewed, its interval where there is one scenario', () => {
    expect(postStratified([], random())).toBeNull();
    expect(
      postStratified([...stratum('a', 20, 10, 3), ...stratum('b', 5, 0, 0)], random()),
    ).toBeNull();
    const alone = stratum('a', 20, 10, 3).map((dialogue) => ({ ...dialogue, cluster: 's' }));
    expect(postStratified(alone, random())).toEqual({ rate: 0.3, interval: null });
  });

  it.each([0, -1, 1.2, NaN])('refuses %d for a probability', (probability) => {
    const review = { positive: true, probability };
    expect(() => postStratified([{ stratum: 'a', cluster: 's', review }], random())).toThrow(
      RangeError,
    );
  });
});
