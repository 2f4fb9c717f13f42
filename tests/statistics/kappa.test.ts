import { describe, expect, it } from 'vitest';
import { cohensKappa } from '../../src/statistics/kappa.js';

describe('cohensKappa', () => {
  // By hand: observed (15 + 70) ÷ 100 = 0.85, expected 0.2 × 0.25 + 0.8 × 0.75 = 0.65.
  it('gives the agreement beyond chance', () => {
    expect(cohensKappa({ both: 15, onlyFirst: 5, onlySecond: 10, neither: 70 })).toBeCloseTo(
      0.2 / 0.35,
      10,
    );
  });

  it('is 1 for full agreement, 0 for what chance gives, −1 for full disagreement', () => {
    expect(cohensKappa({ both: 5, onlyFirst: 0, onlySecond: 0, neither: 5 })).toBe(1);
    expect(cohensKappa({ both: 5, onlyFirst: 5, onlySecond: 5, neither: 5 })).toBe(0);
    expect(cohensKappa({ both: 0, onlyFirst: 5, onlySecond: 5, neither: 0 })).toBe(-1);
  });

  it('is unknown where nothing was rated, or both always say the same word', () => {
    expect(cohensKappa({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toBeNull();
    expect(cohensKappa({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 9 })).toBeNull();
  });
});
