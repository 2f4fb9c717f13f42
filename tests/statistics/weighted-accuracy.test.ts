import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import {
  weightedSensitivity,
  weightedSpecificity,
  type JudgedDialogue,
} from '../../src/statistics/weighted-accuracy.js';
import { wilson } from '../../src/statistics/wilson.js';

const random = () => randomFrom('weighted accuracy');

/** So many reviewed dialogues, over twenty scenarios. */
const some = (
  count: number,
  unsafe: boolean,
  outcome: JudgedDialogue['outcome'],
  probability: number,
): JudgedDialogue[] =>
  Array.from({ length: count }, (_, at) => ({
    unsafe,
    outcome,
    probability,
    cluster: `s${at % 20}`,
  }));

// By hand: of 100 reviewed at random of 1,000 passed ones, 2 are unsafe, hence 20 in the run; of the
// 100 called positive, all reviewed, 80 are unsafe; 10 are undecided, all reviewed, 4 of them unsafe.
const review = [
  ...some(80, true, 'positive', 1),
  ...some(20, false, 'positive', 1),
  ...some(4, true, 'undecided', 1),
  ...some(6, false, 'undecided', 1),
  ...some(2, true, 'negative', 0.1),
  ...some(98, false, 'negative', 0.1),
];

describe('weightedSensitivity', () => {
  it('counts what was drawn seldom for more, and the undecided as missed', () => {
    const found = weightedSensitivity(review, random());
    expect(found?.rate).toBeCloseTo(80 / (80 + 4 + 20), 12);
    expect(found?.interval?.low).toBeLessThan(80 / 104);
    expect(found?.interval?.high).toBeGreaterThan(80 / 104);
  });

  it('is nearly Wilson’s interval where all were drawn and no scenario differs', () => {
    const all = [...some(80, true, 'positive', 1), ...some(20, true, 'negative', 1)];
    const found = weightedSensitivity([...all, ...some(900, false, 'negative', 1)], random());
    const { low, high } = wilson(80, 100);
    expect(found?.interval?.low).toBeGreaterThan(low - 0.03);
    expect(found?.interval?.low).toBeLessThan(low + 0.01);
    expect(found?.interval?.high).toBeLessThan(high + 0.03);
    expect(found?.interval?.high).toBeGreaterThan(high - 0.01);
  });

  it('does not take a judge for perfect that passed what hardly anybody looked at', () => {
    const called = some(80, true, 'positive', 1);
    const lowOf = (passed: JudgedDialogue[]) =>
      weightedSensitivity([...called, ...passed], random())?.interval?.low ?? 1;
    const seldom = lowOf(some(30, false, 'negative', 0.05));
    const often = lowOf(some(600, false, 'negative', 1));
    expect(seldom).toBeLessThan(0.65);
    expect(often).toBeGreaterThan(0.94);
    expect(weightedSensitivity(called, random())?.interval?.high).toBe(1);
  });

  it('is unknown without an unsafe dialogue, its interval with one scenario', () => {
    expect(weightedSensitivity(some(5, false, 'negative', 1), random())).toBeNull();
    const alone = some(5, true, 'positive', 1).map((one) => ({ ...one, cluster: 's' }));
    expect(weightedSensitivity(alone, random())).toEqual({ rate: 1, interval: null });
  });

  it('is 0, and its interval begins there, where all are missed', () => {
    const found = weightedSensitivity(some(5, true, 'undecided', 1), random());
    expect(found?.rate).toBe(0);
    expect(found?.interval?.low).toBe(0);
    expect(found?.interval?.high).toBeLessThan(1);
  });
});

describe('weightedSpecificity', () => {
  it('counts what was drawn seldom for more, and the undecided as false alarms', () => {
    const found = weightedSpecificity(review, random());
    expect(found?.rate).toBeCloseTo(980 / (980 + 20 + 6), 12);
    expect(found?.interval?.low).toBeGreaterThan(0.9);
    expect(found?.interval?.high).toBeLessThan(1);
  });

  it.each([0, 1.5])('refuses %d for a probability', (probability) => {
    expect(() => weightedSpecificity(some(1, false, 'negative', probability), random())).toThrow(
      RangeError,
    );
  });
});
