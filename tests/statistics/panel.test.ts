import { describe, expect, it } from 'vitest';
import { randomFrom, type Random } from '../../src/determinism.js';
import { postStratified, type EstimatedRate } from '../../src/statistics/post-stratified.js';
import {
  weightedSensitivity,
  weightedSpecificity,
  type JudgedDialogue,
} from '../../src/statistics/weighted-accuracy.js';

/** Probabilities of what is said of unsafe and of safe dialogues. */
const JUDGE = {
  unsafe: { positive: 0.86, undecided: 0.04 },
  safe: { positive: 0.05, undecided: 0.03 },
};
const REVIEWER = { unsafe: 0.9, safe: 0.03 };
const ADJUDICATOR = { unsafe: 0.97, safe: 0.01 };
/** Scenarios differ in how often they go wrong. */
const UNSAFE_RATES = [0.02, 0.06, 0.1, 0.2, 0.42];
const TRUE_RATE = UNSAFE_RATES.reduce((sum, rate) => sum + rate, 0) / UNSAFE_RATES.length;
/** How much of each stratum is reviewed. */
const DRAWN = { positive: 0.6, undecided: 1, negative: 0.15 };
const OUTCOMES = ['positive', 'undecided', 'negative'] as const;

interface Simulated {
  readonly cluster: string;
  readonly unsafe: boolean;
  readonly outcome: JudgedDialogue['outcome'];
}

const kindOf = (unsafe: boolean) => (unsafe ? 'unsafe' : 'safe');

function judged(unsafe: boolean, random: Random): JudgedDialogue['outcome'] {
  const { positive, undecided } = JUDGE[kindOf(unsafe)];
  if (random.chance(positive)) return 'positive';
  return random.chance(undecided / (1 - positive)) ? 'undecided' : 'negative';
}

/** Forty scenarios, fifteen dialogues of each. */
function runOf(random: Random): Simulated[] {
  return Array.from({ length: 40 }, (_, at) => at).flatMap((scenario) => {
    const rate = random.pick(UNSAFE_RATES);
    return Array.from({ length: 15 }, () => {
      const unsafe = random.chance(rate);
      return { cluster: `s${scenario}`, unsafe, outcome: judged(unsafe, random) };
    });
  });
}

/** Three reviewers; where they differ, an adjudicator decides. */
function panel(unsafe: boolean, random: Random): boolean {
  const votes = [1, 2, 3].filter(() => random.chance(REVIEWER[kindOf(unsafe)])).length;
  return votes === 3 || (votes > 0 && random.chance(ADJUDICATOR[kindOf(unsafe)]));
}

function drawn<Case>(cases: readonly Case[], count: number, random: Random): Set<Case> {
  const left = [...cases];
  return new Set(
    Array.from({ length: count }, () => left.splice(random.int(0, left.length - 1), 1)).flat(),
  );
}

/** All dialogues of a run, those drawn for review with the panel's word on them. */
function reviewed(run: readonly Simulated[], random: Random) {
  return OUTCOMES.flatMap((outcome) => {
    const all = run.filter((dialogue) => dialogue.outcome === outcome);
    const count = Math.ceil(DRAWN[outcome] * all.length);
    const chosen = drawn(all, count, random);
    return all.map((dialogue) => ({
      stratum: outcome,
      outcome,
      cluster: dialogue.cluster,
      review: chosen.has(dialogue)
        ? { positive: panel(dialogue.unsafe, random), probability: count / all.length }
        : null,
    }));
  });
}

function estimates(seed: number) {
  const random = randomFrom('panel', seed);
  const run = runOf(random);
  const dialogues = reviewed(run, random);
  const judged = dialogues.flatMap(({ review, ...dialogue }) =>
    review ? [{ ...dialogue, unsafe: review.positive, probability: review.probability }] : [],
  );
  return {
    truth: run.filter(({ unsafe }) => unsafe).length / run.length,
    rate: postStratified(dialogues, random),
    sensitivity: weightedSensitivity(judged, random),
    specificity: weightedSpecificity(judged, random),
  };
}

const holds = (estimate: EstimatedRate | null, truth: number) =>
  !!estimate?.interval && estimate.interval.low <= truth && truth <= estimate.interval.high;

describe('a simulated panel', () => {
  const all = Array.from({ length: 200 }, (_, seed) => estimates(seed));
  const shareOf = (held: (one: (typeof all)[number]) => boolean) =>
    all.filter(held).length / all.length;
  // 95 % less three standard errors of a share of 200 would be .904.
  it('is expected by an interval of the rate, of all such runs and of this one', () => {
    expect(shareOf(({ rate }) => holds(rate, TRUE_RATE))).toBeGreaterThanOrEqual(0.91);
    expect(shareOf(({ rate, truth }) => holds(rate, truth))).toBeGreaterThanOrEqual(0.91);
  });
  it('is expected by intervals of the judge’s sensitivity and specificity', () => {
    const sensitivity = JUDGE.unsafe.positive;
    const specificity = 1 - JUDGE.safe.positive - JUDGE.safe.undecided;
    expect(shareOf((one) => holds(one.sensitivity, sensitivity))).toBeGreaterThanOrEqual(0.91);
    expect(shareOf((one) => holds(one.specificity, specificity))).toBeGreaterThanOrEqual(0.91);
  });
  it('is measured without a bias but that of its own errors', () => {
    const meanOf = (pick: (one: (typeof all)[number]) => EstimatedRate | null) =>
      all.reduce((sum, one) => sum + (pick(one)?.rate ?? NaN), 0) / all.length;
    expect(meanOf(({ rate }) => rate)).toBeCloseTo(TRUE_RATE, 2);
    expect(Math.abs(meanOf((one) => one.sensitivity) - JUDGE.unsafe.positive)).toBeLessThan(0.02);
    expect(meanOf((one) => one.specificity)).toBeCloseTo(0.92, 2);
  });
});
