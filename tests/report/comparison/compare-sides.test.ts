import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSides } from '../../../src/report/comparison/compare-sides.js';
import { mcnemar } from '../../../src/statistics/paired.js';
import { compareTwo, scenariosOf, seeded, seen, side, times } from './observations.js';

describe('pairs', () => {
  it('are dialogues of one scenario, persona, wording and repeat; others stand alone, all counted', () => {
    const first = [
      seen('H01-D01', 'pass'),
      seen('H01-D02', 'pass', { casting: 'verbose' }),
      seen('H01-D03', 'pass'),
      seen('H01-D04', 'pass', { repeat: 2 }),
    ];
    const second = [
      seen('H01-D01', 'fail'),
      seen('H01-D02', 'fail'),
      seen('H01-D03', 'fail', { agent: 'other' }),
    ];
    const { all } = compareTwo(first, second);
    expect(all.counts).toEqual({ both: 0, onlyFirst: 0, onlySecond: 2, neither: 0 });
    expect(all.undecided).toMatchObject({ unmatched: 3, open: 0 });
  });

  it('count once each, under the gravest reason why nothing is decided', () => {
    const first = scenariosOf('H01', ['pass', 'open', 'not-exposed', 'invalid', 'fail', 'pass']);
    const second = scenariosOf('H01', ['open', 'not-exposed', 'invalid', 'incomplete', 'fail']);
    expect(compareTwo(first, second).all).toMatchObject({
      counts: { both: 1, onlyFirst: 0, onlySecond: 0, neither: 0 },
      undecided: { open: 1, 'not-exposed': 1, invalid: 1, incomplete: 1, unmatched: 1 },
    });
  });
});

describe('a difference', () => {
  it('is a range over what is not decided: from all of it in favour of B to all of it against', () => {
    const first = scenariosOf('H01', ['pass', 'fail', 'open', 'fail', 'not-exposed']);
    const second = scenariosOf('H01', ['fail', 'fail', 'fail', 'open', 'pass']);
    const { all } = compareTwo(first, second);
    expect(all.difference).toBe(0.5);
    // Decided 1 and 0; then 1 − A open, B open − 1, 0 − A not exposed.
    expect(all.range.low).toBeCloseTo((1 + 0 + 0 - 1 - 1) / 5);
    expect(all.range.high).toBeCloseTo((1 + 0 + 1 + 0 + 0) / 5);
    expect(all.widest.low).toBeLessThanOrEqual(all.range.low);
    expect(all.widest.high).toBeGreaterThanOrEqual(all.range.high);
  });

  it('is unknown without a decided pair', () => {
    const { all } = compareTwo([seen('H01-D01', 'open')], [seen('H01-D01', 'fail')]);
    expect(all).toMatchObject({ difference: null, p: 1, range: { low: 0, high: 1 } });
    expect(all.conclusion).toBe('cannot tell');
    expect(compareTwo([], []).all.conclusion).toBe('cannot tell');
  });

  it('with one repeat has McNemar’s exact p, with more that of flips over whole scenarios', () => {
    const first = scenariosOf('H01', [...times(9, 'pass'), ...times(2, 'fail')]);
    const second = scenariosOf('H01', [...times(9, 'fail'), ...times(2, 'pass')]);
    expect(compareTwo(first, second).all.p).toBeCloseTo(mcnemar(2, 9), 12);
    const thrice = (side: typeof first) =>
      [1, 2, 3].flatMap((repeat) => side.map((each) => ({ ...each, repeat })));
    const repeated = compareTwo(thrice(first), thrice(second)).all;
    expect(repeated.p).toBeCloseTo(mcnemar(2, 9), 12);
    expect(repeated).toMatchObject({ scenarios: 11, counts: { onlyFirst: 6, onlySecond: 27 } });
  });

  it('has the same interval whenever it is computed, and as wide a one for repeats that agree', () => {
    const first = scenariosOf('H01', [...times(30, 'pass'), ...times(10, 'fail')]);
    const second = scenariosOf('H01', [...times(26, 'pass'), ...times(14, 'fail')]);
    const twice = (side: typeof first) =>
      [1, 2].flatMap((repeat) => side.map((each) => ({ ...each, repeat })));
    const once = compareTwo(first, second).all.interval;
    expect(compareTwo(first, second).all.interval).toEqual(once);
    const repeated = compareTwo(twice(first), twice(second)).all.interval;
    expect(repeated.high - repeated.low).toBeCloseTo(once.high - once.low, 10);
  });
});

describe('the sides', () => {
  const known = fc.constantFrom('fail', 'pass', 'open', 'not-exposed', 'invalid' as const);
  const tables = fc.array(fc.tuple(known, known), { minLength: 1, maxLength: 12 });

  it('changed over mirror every figure, and a range holds whatever is decided', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const [a, b] = [0, 1].map((at) =>
          scenariosOf(
            'H01',
            table.map((pair) => pair[at] ?? 'open'),
          ),
        );
        const [there, back] = [compareTwo(a ?? [], b ?? []).all, compareTwo(b ?? [], a ?? []).all];
        expect(back.counts.onlyFirst).toBe(there.counts.onlySecond);
        expect(back.undecided).toEqual(there.undecided);
        expect(back.p).toBeCloseTo(there.p, 12);
        expect(back.range.low).toBeCloseTo(-there.range.high, 12);
        expect(there.widest.low).toBeLessThanOrEqual(there.interval.low);
        expect(there.widest.high).toBeGreaterThanOrEqual(there.interval.high);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the conclusion', () => {
  const passing = (n: number) => scenariosOf('H01', times(n, 'pass'));

  it('is worse where B fails oftener than chance would have it, and better the other way round', () => {
    const failing = scenariosOf('H01', [...times(12, 'fail'), ...times(88, 'pass')]);
    expect(compareTwo(passing(100), failing).all.conclusion).toBe('worse');
    expect(compareTwo(failing, passing(100)).all.conclusion).toBe('better');
  });

  it('is worse within the margin too', () => {
    const failing = scenariosOf('H01', [...times(8, 'fail'), ...times(792, 'pass')]);
    const { all } = compareTwo(passing(800), failing);
    expect(all.interval.high).toBeLessThan(0.05);
    expect(all.conclusion).toBe('worse');
  });

  it('is not worse only where the scenarios are many enough to say so', () => {
    expect(compareTwo(passing(100), passing(100)).all.conclusion).toBe('not worse');
    expect(compareTwo(passing(40), passing(40)).all.conclusion).toBe('cannot tell');
    expect(compareTwo(passing(40), passing(40), { margin: 0.15 }).all.conclusion).toBe('not worse');
  });

  it('reads what nobody decided as no pass: not open, not exposed, not missing', () => {
    for (const second of [
      [...times(90, 'pass'), ...times(10, 'open')] as const,
      [...times(90, 'pass'), ...times(10, 'not-exposed')] as const,
      times(90, 'pass'),
    ]) {
      const { all } = compareTwo(passing(100), scenariosOf('H01', second));
      expect(all.interval.high).toBeLessThan(0.05);
      expect(all.conclusion).toBe('cannot tell');
    }
  });
});

describe('rows', () => {
  const hazards = ['H01', 'H02', 'H03', 'H04'];
  const all = (known: 'pass' | 'fail') =>
    hazards.map((hazard) => scenariosOf(hazard, times(10, known)));
  const [h01, ...rest] = all('pass');

  it('find a difference in the hazard that has it, adjusted over those in which anything differs', () => {
    const failing = scenariosOf('H01', times(10, 'fail'));
    const { rows } = compareTwo([...(h01 ?? []), ...rest.flat()], [...failing, ...rest.flat()]);
    expect(rows.filter(({ conclusion }) => conclusion === 'worse').map(({ row }) => row)).toEqual([
      'H01',
    ]);
    const [first] = rows;
    expect(first?.p).toBeCloseTo(2 / 2 ** 10, 12);
    expect(first?.adjustedP).toBe(first?.p);
    expect(rows.at(-1)?.row).toBe('cross-cutting');
  });

  it('are adjusted over pairs of sides × rows where there are more sides', () => {
    const sides = ['a', 'b', 'c'].map((run) =>
      side(run, run === 'c' ? all('fail').flat() : all('pass').flat()),
    );
    const [a, b, c] = sides;
    if (!a || !b || !c) throw new Error('three sides');
    const compared = compareSides(
      [
        [a, b],
        [a, c],
        [b, c],
      ] as const,
      0.05,
      seeded,
    );
    const [worst] = compared[1]?.rows ?? [];
    expect(worst?.adjustedP).toBeCloseTo(8 * (worst?.p ?? 0), 12);
    expect(compared[1]?.all.adjustedP).toBeCloseTo(2 * (compared[1]?.all.p ?? 0), 12);
    expect(compared[0]?.all.adjustedP).toBe(1);
  });
});

describe('beside the difference', () => {
  it('stand the dialogues that moved, with the modes that failed', () => {
    const first = scenariosOf('H01', ['pass', 'fail', 'open', 'fail', 'pass']);
    const second = scenariosOf('H01', ['fail', 'pass', 'fail', 'invalid', 'pass']);
    const { worse, better, perhapsWorse, perhapsBetter } = compareTwo(first, second);
    const ids = [worse, better, perhapsWorse, perhapsBetter].map((moves) =>
      moves.map((move) => [move.second, move.failed]),
    );
    expect(ids).toEqual([
      [['H01-D001/bot/1', ['H01-F1']]],
      [['H01-D002/bot/1', ['H01-F1']]],
      [['H01-D003/bot/1', ['H01-F1']]],
      [['H01-D004/bot/1', ['H01-F1']]],
    ]);
  });

  it('stands pass^k of both over the scenarios that both sides hold whole', () => {
    const repeats = (...known: ('pass' | 'fail' | 'open')[][]) =>
      known.flatMap((each, repeat) => scenariosOf('H01', each).map((one) => ({ ...one, repeat })));
    const first = repeats(['pass', 'pass', 'fail'], ['pass', 'open', 'pass']);
    const second = repeats(['pass', 'fail'], ['pass', 'pass']);
    expect(compareTwo(first, second, { repeats: 2 }).passAll).toEqual({
      first: { k: 2, scenarios: 2, allPass: 0.5, noneFail: 1 },
      second: { k: 2, scenarios: 2, allPass: 0.5, noneFail: 0.5 },
    });
    expect(compareTwo(first, second).passAll).toBeUndefined();
  });
});
