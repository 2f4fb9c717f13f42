import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { hedge, hedgeRate, type Loss } from '../../src/statistics/hedge.js';

const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0);

describe('hedge', () => {
  // By hand: a half each; exp(−ln 2 × 1) halves the first, so 1 : 2, then 1 : 4.
  it('halves the share of who loses, at a rate of ln 2', () => {
    const { weights, mixtureLoss, jurorLosses, regret, bound } = hedge(
      [
        [1, 0],
        [1, 0],
      ],
      2,
      Math.LN2,
    );
    expect(weights[0]?.[0]).toBeCloseTo(1 / 3, 12);
    expect(weights[1]?.[0]).toBeCloseTo(1 / 5, 12);
    expect(mixtureLoss).toBeCloseTo(1 / 2 + 1 / 3, 12);
    expect(jurorLosses).toEqual([2, 0]);
    expect(regret).toBeCloseTo(5 / 6, 12);
    expect(bound).toBeCloseTo(1 + Math.LN2 / 4, 12);
  });

  it('bounds the regret by √(T ln N ÷ 2) at the rate for it', () => {
    expect(hedge(Array<number[]>(50).fill([0, 0, 0]), 3, hedgeRate(3, 50)).bound).toBeCloseTo(
      Math.sqrt((50 * Math.log(3)) / 2),
      12,
    );
  });

  it('keeps the bound on random losses, whether jurors sleep or not', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const random = randomFrom('hedge', seed);
      const [jurors, rounds] = [random.int(2, 12), random.int(1, 150)];
      const asleep = random.pick([0, 0.3, 0.9]);
      const loss = (): Loss => (random.chance(asleep) ? null : random.int(0, 1000) / 1000);
      const losses = Array.from({ length: rounds }, () => Array.from({ length: jurors }, loss));
      const { regret, bound } = hedge(losses, jurors, hedgeRate(jurors, rounds));
      expect(regret).toBeLessThanOrEqual(bound + 1e-9);
      expect(bound).toBeCloseTo(Math.sqrt((rounds * Math.log(jurors)) / 2), 9);
    }
  });

  it('keeps the bound, and comes near it, where the heaviest juror always loses', () => {
    for (const [jurors, rounds] of [
      [2, 100],
      [5, 400],
      [12, 400],
    ] as const) {
      const rate = hedgeRate(jurors, rounds);
      const losses: number[][] = [];
      let weights: readonly number[] = Array<number>(jurors).fill(1 / jurors);
      for (let round = 0; round < rounds; round += 1) {
        const heaviest = weights.indexOf(Math.max(...weights));
        losses.push(weights.map((_, juror) => (juror === heaviest ? 1 : 0)));
        weights = hedge(losses, jurors, rate).weights.at(-1) ?? [];
      }
      const { regret, bound } = hedge(losses, jurors, rate);
      expect(regret).toBeLessThanOrEqual(bound + 1e-9);
      expect(regret).toBeGreaterThan(bound / 10);
    }
  });

  it('keeps the share of who sleeps, and that all shares sum to 1', () => {
    const loss = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
    const rounds = fc.array(fc.tuple(loss, loss, loss), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(rounds, (losses) => {
        let before: readonly number[] = [1 / 3, 1 / 3, 1 / 3];
        hedge(losses, 3, 0.7).weights.forEach((weights, round) => {
          expect(sum(weights)).toBeCloseTo(1, 9);
          weights.forEach((weight, juror) => {
            if (losses[round]?.[juror] === null) expect(weight).toBeCloseTo(before[juror] ?? 0, 12);
          });
          before = weights;
        });
      }),
    );
  });

  it('does not lose a juror who loses for long', () => {
    const { weights } = hedge(
      [...Array<number[]>(2000).fill([1, 0]), ...Array<number[]>(4000).fill([0, 1])],
      2,
      1,
    );
    expect(weights.at(-1)?.[0]).toBeCloseTo(1, 9);
  });

  it('refuses what is no loss, no round and no rate', () => {
    expect(() => hedge([[0, 2]], 2, 1)).toThrow(RangeError);
    expect(() => hedge([[0, NaN]], 2, 1)).toThrow(RangeError);
    expect(() => hedge([[0]], 2, 1)).toThrow(RangeError);
    expect(() => hedge([[0, 1]], 2, 0)).toThrow(RangeError);
  });
});
