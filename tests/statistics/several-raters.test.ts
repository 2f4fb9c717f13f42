import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordinalWeight, quadraticWeight } from '../../src/statistics/agreement-weight.js';
import { fleissKappa } from '../../src/statistics/fleiss-kappa.js';
import { gwetAc } from '../../src/statistics/gwet-ac.js';
import { krippendorffAlpha } from '../../src/statistics/krippendorff-alpha.js';
import { countRatings, type RatingCounts } from '../../src/statistics/rating-counts.js';
import { rawAgreement } from '../../src/statistics/raw-agreement.js';

/**
 * Twelve units, four observers, ratings missing: Krippendorff 2011, section C; Gwet 2014, page 120;
 * the data set cac.raw4raters of R irrCAC 1.0, whose vignettes print the values tested here.
 */
const missing = countRatings(
  [
    [1, 1, null, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [null, 5, 5, 5],
    [null, null, 1, 1],
    [null, null, 3, null],
  ],
  [1, 2, 3, 4, 5],
);

/** Thirty patients, six psychiatrists, five diagnoses: Fleiss 1971, Psychological Bulletin 76, table 1. */
const diagnoses: RatingCounts = (
  '00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 ' +
  '00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006'
)
  .split(' ')
  .map((item) => Array.from(item, Number));

describe('rawAgreement', () => {
  it('gives the published agreement, plain and quadratic, of ratings of which some are missing', () => {
    expect(rawAgreement(missing)).toBeCloseTo(0.8181818, 7);
    expect(rawAgreement(missing, quadraticWeight(5))).toBeCloseTo(0.9753788, 7);
  });
  // irrCAC, overview vignette: pa of the first fifteen of Fleiss's patients.
  it('gives the published agreement of six psychiatrists', () => {
    expect(rawAgreement(diagnoses.slice(0, 15))).toBeCloseTo(0.5511111, 7);
  });
  it('is unknown where nobody shares an item', () => {
    expect(rawAgreement([])).toBeNull();
    expect(rawAgreement([[1, 0]])).toBeNull();
  });
});

describe('fleissKappa', () => {
  it('gives the value of Fleiss 1971: .430', () => {
    expect(fleissKappa(diagnoses)).toBeCloseTo(0.43, 3);
    // kappam.fleiss(diagnoses) of R irr, as quoted by the tests of Python statsmodels.
    expect(fleissKappa(diagnoses)).toBeCloseTo(0.4302445, 7);
  });
  // Wikipedia, Fleiss' kappa, worked example: ten subjects, fourteen raters.
  it('gives the value of the well-known worked example: 0.210', () => {
    const subjects =
      '0 0 0 0 14, 0 2 6 4 2, 0 0 3 5 6, 0 3 9 2 0, 2 2 8 1 1, 7 7 0 0 0, 3 2 6 3 0, 2 5 3 2 2, 6 5 2 1 0, 0 2 2 3 7';
    const counts = subjects.split(', ').map((subject) => subject.split(' ').map(Number));
    expect(fleissKappa(counts)).toBeCloseTo(0.21, 3);
  });
  it('gives the published value where ratings are missing', () => {
    expect(fleissKappa(missing)).toBeCloseTo(0.76117, 5);
  });
  it('is unknown where every rating is the same', () => {
    expect(fleissKappa([[0, 3]])).toBeNull();
    expect(fleissKappa([])).toBeNull();
  });
});

describe('krippendorffAlpha', () => {
  it('gives the values of Krippendorff 2011: nominal .743, ordinal .815', () => {
    expect(krippendorffAlpha(missing, 'nominal')).toBeCloseTo(0.743, 3);
    expect(krippendorffAlpha(missing, 'ordinal')).toBeCloseTo(0.815, 3);
  });
  // irrCAC, overview vignette.
  it('gives the published value of six psychiatrists', () => {
    expect(krippendorffAlpha(diagnoses.slice(0, 15), 'nominal')).toBeCloseTo(0.4204384, 7);
  });
  it('is unknown where nothing can be paired, or nothing differs', () => {
    expect(krippendorffAlpha([], 'nominal')).toBeNull();
    expect(krippendorffAlpha([[1, 0]], 'nominal')).toBeNull();
    expect(krippendorffAlpha([[2, 0]], 'ordinal')).toBeNull();
  });
});

describe('gwetAc', () => {
  it('gives the published AC1 and quadratic AC2 of ratings of which some are missing', () => {
    expect(gwetAc(missing)).toBeCloseTo(0.77544, 5);
    expect(gwetAc(missing, quadraticWeight(5))).toBeCloseTo(0.914, 5);
  });
  it('gives the published AC1 and quadratic AC2 of six psychiatrists', () => {
    expect(gwetAc(diagnoses.slice(0, 15))).toBeCloseTo(0.4448007, 7);
    expect(gwetAc(diagnoses.slice(0, 15), quadraticWeight(5))).toBeCloseTo(0.4837438, 7);
  });
  // Counted pair by pair of raters, in Python: agreement 0.9681818, by chance 0.6851563.
  it('gives the ordinal AC2 that counting every pair gives', () => {
    expect(gwetAc(missing, ordinalWeight(5))).toBeCloseTo(0.8989398, 7);
  });
  // irrCAC, weighting vignette: ordinal.weights(1:3).
  it('weighs order as published', () => {
    const weight = ordinalWeight(3);
    expect(weight(0, 0)).toBe(1);
    expect(weight(0, 1)).toBeCloseTo(0.6666667, 7);
    expect(weight(1, 2)).toBeCloseTo(0.6666667, 7);
    expect(weight(0, 2)).toBe(0);
  });
  it('takes a disagreement of neighbours more lightly where order counts', () => {
    const neighbours = [[2, 1, 0]];
    expect(gwetAc(neighbours, ordinalWeight(3))).toBeGreaterThan(gwetAc(neighbours) ?? 1);
  });
  it('stays high where one category is rare, as kappa does not', () => {
    const rare = [
      ...Array.from({ length: 45 }, () => [3, 0]),
      ...Array.from({ length: 5 }, () => [2, 1]),
    ];
    expect(gwetAc(rare)).toBeGreaterThan(0.9);
    expect(fleissKappa(rare)).toBeLessThan(0);
  });
  it('is unknown without a pair, and refuses a single category', () => {
    expect(gwetAc([])).toBeNull();
    expect(gwetAc([[1, 0]])).toBeNull();
    expect(() => gwetAc([[2]])).toThrow(RangeError);
  });
});

describe('all of them', () => {
  const item = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4));
  const statistics = [
    rawAgreement,
    fleissKappa,
    gwetAc,
    (counts: RatingCounts) => krippendorffAlpha(counts, 'nominal'),
  ];
  it('are at most 1, and the same whatever the order of items and of categories', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 12 }), (counts) => {
        const turned = counts.map((row) => [...row].reverse()).reverse();
        for (const statistic of statistics) {
          const value = statistic(counts);
          if (value === null) expect(statistic(turned)).toBeNull();
          else {
            expect(value).toBeLessThanOrEqual(1 + 1e-12);
            expect(statistic(turned)).toBeCloseTo(value, 6);
          }
        }
      }),
    );
  });
  it('are 1 where all agree on each of several categories', () => {
    for (const statistic of statistics)
      expect(
        statistic([
          [3, 0],
          [0, 2],
          [4, 0],
        ]),
      ).toBeCloseTo(1, 12);
  });
  it('refuse a rating that is no category', () => {
    expect(() => countRatings([['x']], ['a', 'b'])).toThrow(RangeError);
  });
});
