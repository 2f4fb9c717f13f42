import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cumulativeIncidence,
  type CompetingTime,
} from '../../src/statistics/cumulative-incidence.js';

const at = (time: number, end: CompetingTime['end']): CompetingTime => ({ time, end });

describe('cumulative incidence', () => {
  // By hand, six subjects: at 1 one event of 6; at 2 an event and a competing one of 5, with 5/6 still
  // without; at 3 one is censored; at 4 an event of 2, with 1/2; at 5 the last is foreclosed.
  it('comes to what is worked out by hand', () => {
    const points = cumulativeIncidence([
      at(5, 'competing'),
      at(1, 'event'),
      at(2, 'competing'),
      at(3, 'censored'),
      at(4, 'event'),
      at(2, 'event'),
    ]);
    expect(points.map(({ time, atRisk }) => [time, atRisk])).toEqual([
      [1, 6],
      [2, 5],
      [3, 3],
      [4, 2],
      [5, 1],
    ]);
    const close = (shares: readonly number[]) =>
      shares.map((share) => expect.closeTo(share, 12) as number);
    expect(points.map(({ incidence }) => incidence)).toEqual(
      close([1 / 6, 1 / 3, 1 / 3, 7 / 12, 7 / 12]),
    );
    expect(points.map(({ foreclosed }) => foreclosed)).toEqual(
      close([0, 1 / 6, 1 / 6, 1 / 6, 5 / 12]),
    );
  });

  it('does not take a competing event for censoring, as one minus Kaplan–Meier would', () => {
    const [, last] = cumulativeIncidence([at(1, 'competing'), at(2, 'event')]);
    expect(last?.incidence).toBe(0.5);
  });

  it('is nothing without subjects', () => {
    expect(cumulativeIncidence([])).toEqual([]);
  });

  const subjects = fc.array(
    fc.record({
      time: fc.integer({ min: 0, max: 12 }),
      end: fc.constantFrom<CompetingTime['end']>('event', 'competing', 'censored'),
    }),
    { minLength: 1, maxLength: 40 },
  );

  it('never falls, and both kinds together never exceed 1', () => {
    fc.assert(
      fc.property(subjects, (some) => {
        let before = 0;
        for (const { incidence, foreclosed } of cumulativeIncidence(some)) {
          expect(incidence).toBeGreaterThanOrEqual(before);
          expect(incidence + foreclosed).toBeLessThanOrEqual(1 + 1e-9);
          before = incidence;
        }
      }),
    );
  });

  it('is the plain share where nothing is censored', () => {
    fc.assert(
      fc.property(subjects, (some) => {
        const seen = some.filter(({ end }) => end !== 'censored');
        fc.pre(seen.length > 0);
        const events = seen.filter(({ end }) => end === 'event').length;
        expect(cumulativeIncidence(seen).at(-1)?.incidence).toBeCloseTo(events / seen.length, 9);
      }),
    );
  });
});
