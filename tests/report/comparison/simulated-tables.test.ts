import { describe, expect, it } from 'vitest';
import { randomFrom, type Random } from '../../../src/determinism.js';
import type { Comparison } from '../../../src/report/comparison/compare-sides.js';
import type { Observation } from '../../../src/report/comparison/observation.js';
import { mcnemar } from '../../../src/statistics/paired.js';
import { compareTwo, seen } from './observations.js';

const TABLES = 200;
const PLANTED = 50;
const REPEATS = 5;
/** Share of scenarios that an agent nearly always fails. */
const TROUBLED = 0.2;
const SCENARIOS = Array.from({ length: 4 }, (_, hazard) =>
  Array.from({ length: 10 }, (_, at) => `H0${hazard + 1}-D${at + 1}`),
).flat();

/**
 * An agent fails a scenario nearly always or nearly never, so that repeats resemble each other, as they
 * do in real agents.
 * @param troubled the chance, by scenario, that it nearly always fails
 */
function agent(random: Random, troubled: (scenario: string) => number): Observation[] {
  return SCENARIOS.flatMap((scenario) => {
    const fails = random.chance(troubled(scenario)) ? 0.95 : 0.05;
    return Array.from({ length: REPEATS }, (_, repeat) =>
      seen(scenario, random.chance(fails) ? 'fail' : 'pass', { repeat }),
    );
  });
}

function tables(second: (scenario: string) => number, length = TABLES): Comparison[] {
  return Array.from({ length }, (_, table) => {
    const random = randomFrom('simulated tables', table);
    return compareTwo(
      agent(random, () => TROUBLED),
      agent(random, second),
    );
  });
}

const count = (all: readonly Comparison[], holds: (each: Comparison) => boolean) =>
  all.filter(holds).length;
const LEVEL = 0.05;

describe('over 200 simulated tables', () => {
  const alike = tables(() => TROUBLED);

  it('without a difference raise at most 16 alarms at 5 %: in all, by row, and for a worse B', () => {
    const figures = {
      all: count(alike, ({ all }) => all.adjustedP <= LEVEL),
      rows: count(alike, ({ rows }) => rows.some(({ adjustedP }) => adjustedP <= LEVEL)),
      worse: count(alike, ({ all, rows }) =>
        [all, ...rows].some((row) => row.conclusion === 'worse'),
      ),
      interval: count(alike, ({ all: { interval } }) => interval.low > 0 || interval.high < 0),
    };
    // As docs/compare.md tells them.
    expect(figures).toEqual({ all: 8, rows: 0, worse: 5, interval: 3 });
    expect(Math.max(...Object.values(figures))).toBeLessThanOrEqual(16);
  });

  it('McNemar’s test over repeats, which takes them for independent, errs in 63', () => {
    const wrong = count(
      alike,
      ({ all: { counts } }) => mcnemar(counts.onlyFirst, counts.onlySecond) <= LEVEL,
    );
    expect(wrong).toBe(63);
  });

  it('find a difference that was planted in 49 of 50', () => {
    const planted = tables(() => 0.6, PLANTED);
    const found = count(planted, ({ all }) => all.conclusion === 'worse');
    expect(found).toBe(49);
  });

  it('find it in 40 of 50 in the one hazard in which it was planted, and nowhere else', () => {
    const planted = tables((scenario) => (scenario.startsWith('H03') ? 1 : TROUBLED), PLANTED);
    const worse = (row: string) =>
      count(planted, ({ rows }) =>
        rows.some((each) => each.row === row && each.conclusion === 'worse'),
      );
    expect(['H01', 'H02', 'H03', 'H04'].map(worse)).toEqual([0, 0, 40, 0]);
  });
});
