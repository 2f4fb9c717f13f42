import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { DIALOGUE_OUTCOMES } from '../../src/judge/dialogue-outcome.js';
import { assertReviewers } from '../../src/review/assert-reviewers.js';
import { dealItems } from '../../src/review/deal-items.js';
import { allocate, drawSample, type Candidate } from '../../src/review/draw-sample.js';
import { itemCodes } from '../../src/review/item-codes.js';

const candidates = fc
  .array(
    fc.record({
      agent: fc.constantFrom('careful', 'rushed'),
      outcome: fc.constantFrom(...DIALOGUE_OUTCOMES),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((kinds) => kinds.map((kind, index): Candidate => ({ ...kind, dialogue: `d${index}` })));

const strataOf = (all: readonly Candidate[]) =>
  new Set(all.map(({ agent, outcome }) => `${agent} ${outcome}`)).size;

describe('drawSample', () => {
  it('draws from every stratum, as many as asked for, with probabilities that stand for the run', () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 8, max: 80 }), fc.nat(), (all, sample, seed) => {
        const { drawn, strata } = drawSample(all, sample, randomFrom(seed));
        expect(drawn).toHaveLength(Math.min(sample, all.length));
        expect(new Set(drawn.map(({ candidate }) => candidate)).size).toBe(drawn.length);
        expect(strata).toHaveLength(strataOf(all));
        for (const { agent, outcome, size, drawn: count } of strata) {
          const own = drawn.filter(
            ({ candidate }) => candidate.agent === agent && candidate.outcome === outcome,
          );
          expect(own).toHaveLength(count);
          expect(count).toBeGreaterThan(0);
          const stoodFor = own.reduce((sum, { probability }) => sum + 1 / probability, 0);
          expect(stoodFor).toBeCloseTo(size, 8);
        }
      }),
    );
  });

  it('refuses a sample in which some outcome of the judge would not be', () => {
    const all = DIALOGUE_OUTCOMES.map((outcome) => ({ agent: 'a', outcome, dialogue: outcome }));
    expect(() => drawSample(all, 3, randomFrom(1))).toThrow(
      '3 dialogues cannot stand for 4 groups of agent and outcome',
    );
    expect(drawSample(all, 4, randomFrom(1)).drawn).toHaveLength(4);
  });

  it('takes the whole of a run that has no more', () => {
    const all = [1, 2, 3].map((n) => ({ agent: 'a', outcome: 'pass' as const, dialogue: `${n}` }));
    const { drawn } = drawSample(all, 60, randomFrom(1));
    expect(drawn.map(({ probability }) => probability)).toEqual([1, 1, 1]);
  });

  it('shares out as equally as the sizes allow', () => {
    expect(allocate([100, 3, 100], 20)).toEqual([9, 3, 8]);
    expect(allocate([2, 2], 10)).toEqual([2, 2]);
    expect(allocate([5, 5, 5], 2)).toEqual([1, 1, 0]);
  });
});

const codes = Array.from({ length: 60 }, (_, index) => `C${index}`);
const deal = (names: readonly string[], rest: { overlap: number; each: number; seed?: number }) =>
  dealItems(codes, { reviewers: names, seed: 1, ...rest });

describe('dealItems', () => {
  it('gives the overlap to everyone, and fair shares of the rest', () => {
    const { reviewers, overlap } = deal(['a', 'b', 'c'], { overlap: 20, each: 1 });
    expect(overlap.size).toBe(20);
    for (const { items } of reviewers) {
      expect(items.filter((code) => overlap.has(code))).toHaveLength(20);
    }
    expect(reviewers.map(({ items }) => items.length).sort()).toEqual([33, 33, 34]);
    expect(new Set(reviewers.flatMap(({ items }) => items))).toEqual(new Set(codes));
  });

  it('shows each of the rest to as many as asked for, at most to all', () => {
    const seenBy = (each: number) => {
      const { reviewers, overlap } = deal(['a', 'b', 'c'], { overlap: 10, each });
      const rest = codes.filter((code) => !overlap.has(code));
      const times = rest.map((code) => reviewers.filter(({ items }) => items.includes(code)));
      return new Set(times.map(({ length }) => length));
    };
    expect(seenBy(2)).toEqual(new Set([2]));
    expect(seenBy(9)).toEqual(new Set([3]));
  });

  it('gives one reviewer everything, and all of it to everyone where the overlap is larger', () => {
    expect(deal(['a'], { overlap: 0, each: 1 }).reviewers[0]?.items).toHaveLength(60);
    const { reviewers } = deal(['a', 'b'], { overlap: 99, each: 1 });
    expect(reviewers.map(({ items }) => items.length)).toEqual([60, 60]);
  });

  it('orders by reviewer, the same for the same seed', () => {
    const orders = (seed: number) =>
      deal(['a', 'b'], { overlap: 60, each: 1, seed }).reviewers.map(({ items }) => items);
    const [first, second] = orders(1);
    expect(first).not.toEqual(second);
    expect(orders(1)).toEqual([first, second]);
    expect(orders(2)).not.toEqual([first, second]);
  });
});

describe('itemCodes', () => {
  it('are as many as asked for, all different, the same for the same seed', () => {
    const some = itemCodes(2000, randomFrom(1));
    expect(new Set(some).size).toBe(2000);
    expect(itemCodes(2000, randomFrom(1))).toEqual(some);
  });

  it('are nothing that a spreadsheet takes for a date, a truth value or a number', () => {
    // A month and a day, as MAR2, needs three letters first; TRUE has vowels; 1E23 begins with a digit.
    for (const code of itemCodes(5000, randomFrom(2))) {
      expect(code).toMatch(/^[B-Z]\d[B-Z][B-Z\d]$/);
      expect(code).not.toMatch(/[AEIOUY]/);
    }
  });
});

describe('assertReviewers', () => {
  it.each([
    [['osei', 'lund', 'osei'], 'osei is named twice'],
    [['Osei', 'osei'], 'osei is named twice'],
    [['../osei'], 'cannot stand in the name of a file'],
    [['/etc/osei'], 'cannot stand in the name of a file'],
    [['..'], 'cannot stand in the name of a file'],
    [['.hidden'], 'cannot stand in the name of a file'],
    [['-rf'], 'cannot stand in the name of a file'],
    [['Dr Lund'], 'cannot stand in the name of a file'],
    [[''], 'cannot stand in the name of a file'],
    [['a'.repeat(61)], 'cannot stand in the name of a file'],
    [[], 'nobody is named'],
  ])('refuses %j', (names, why) => {
    expect(() => assertReviewers(names)).toThrow(why);
  });

  it('takes what can stand in the name of a file', () => {
    expect(() => assertReviewers(['osei', 'lund-2', 'reviewer_3', 'a'.repeat(60)])).not.toThrow();
  });
});
