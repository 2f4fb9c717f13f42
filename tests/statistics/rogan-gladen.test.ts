import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roganGladen } from '../../src/statistics/rogan-gladen.js';

const share = (hits: number, of: number) => ({ hits, of });

describe('roganGladen', () => {
  // Lang and Reiczigel 2014, Preventive Veterinary Medicine 113:13–22, examples 1 to 4, as the help
  // page prevSeSp of R asht quotes them.
  it.each([
    [share(4060, 11284), share(178, 179), share(358, 359), '0.349', '0.372', 3],
    [share(51, 2971), share(32, 33), share(20, 20), '0.000', '0.053', 3],
    [share(0.06 * 11862, 11862), share(8, 10), share(12, 12), '0.000', '0.147', 3],
    [share(259, 509), share(84, 127), share(96, 109), '0.58', '0.87', 2],
    [share(51, 509), share(23, 41), share(187, 195), '0.037', '0.195', 3],
  ])(
    'gives the published interval for %o called, %o and %o',
    (called, se, sp, low, high, digits) => {
      const { interval } = roganGladen(called, se, sp);
      expect(interval.low.toFixed(digits)).toBe(low);
      expect(interval.high.toFixed(digits)).toBe(high);
    },
  );

  // R epiR, help page epi.prev: 23 of 150 cows, sensitivity 96 %, specificity 89 %: 5.1 per 100.
  it('gives the published prevalence of brucellosis', () => {
    const { prevalence } = roganGladen(share(23, 150), share(96, 100), share(89, 100));
    expect(prevalence).toBeCloseTo(0.051, 3);
  });

  // The same page: 6 of 151 children, sensitivity 96.4 %, specificity 92.7 %: 0.
  it('gives 0 rather than less', () => {
    const { prevalence } = roganGladen(share(6, 151), share(964, 1000), share(927, 1000));
    expect(prevalence).toBe(0);
  });

  it('finds the prevalence that makes the share called, and holds it', () => {
    const percent = fc.integer({ min: 60, max: 99 });
    fc.assert(
      fc.property(fc.nat(100), percent, percent, (prevalence, se, sp) => {
        const called = (prevalence * se + (100 - prevalence) * (100 - sp)) / 10_000;
        const found = roganGladen(share(called * 500, 500), share(se, 100), share(sp, 100));
        expect(found.prevalence).toBeCloseTo(prevalence / 100, 10);
        expect(found.interval.low).toBeLessThanOrEqual(found.prevalence + 1e-12);
        expect(found.interval.high).toBeGreaterThanOrEqual(found.prevalence - 1e-12);
      }),
    );
  });

  it('refuses a test that tells nothing, and impossible counts', () => {
    expect(() => roganGladen(share(5, 10), share(5, 10), share(5, 10))).toThrow(RangeError);
    expect(() => roganGladen(share(5, 10), share(2, 10), share(5, 10))).toThrow(RangeError);
    expect(() => roganGladen(share(5, 4), share(9, 10), share(9, 10))).toThrow(RangeError);
    expect(() => roganGladen(share(0, 0), share(9, 10), share(9, 10))).toThrow(RangeError);
  });
});
