import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelsNeeded } from '../../src/statistics/labels-needed.js';
import { wilson } from '../../src/statistics/wilson.js';

describe('labelsNeeded', () => {
  // By hand: with none missed the bound is n ÷ (n + 1.96²), at least .90 from n = 34.57 on.
  it('is 35 for a bound of .90 with none missed', () => {
    expect(labelsNeeded(0.9, 0, 0)).toBe(35);
  });
  it('makes 53 labels in all for a bound of .90 with one missed', () => {
    expect(labelsNeeded(0.9, 0, 1)).toBe(52);
    expect(wilson(52, 53).low.toFixed(4)).toBe('0.9006');
  });
  it('is the least number that does, whatever was found so far', () => {
    const holds = (target: number, found: number, missed: number) =>
      wilson(found, found + missed).low >= target;
    fc.assert(
      fc.property(fc.nat(98), fc.nat(60), fc.nat(8), (percent, found, missed) => {
        const target = percent / 100;
        const more = labelsNeeded(target, found, missed);
        expect(holds(target, found + more, missed)).toBe(true);
        if (more > 0) expect(holds(target, found + more - 1, missed)).toBe(false);
      }),
    );
  });
  it('refuses what cannot be reached', () => {
    expect(() => labelsNeeded(1, 0, 0)).toThrow(RangeError);
  });
});
