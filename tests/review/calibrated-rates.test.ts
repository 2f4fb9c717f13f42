import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { calibratedRates, measureJudge } from '../../src/review/calibrated-rates.js';
import { carriedRate, carriedRates, measureTest } from '../../src/review/carried-rates.js';
import { reviewedCases } from '../../src/review/reviewed-cases.js';
import { settleLabels } from '../../src/review/settle-labels.js';
import { dialogueId, type StoredDialogue } from '../../src/store/run-record.js';
import { alarmed, found, missed, passed, reviewedRun } from './reviewed-run.js';
import { label, labelled, MAJOR, packOf, stored, taxonomy, verdict } from './reviews.js';

/** A run of which the judge called a quarter unsafe, .7 of them rightly; of the rest .06 are unsafe. */
function stratifiedRun(seed: number) {
  const random = randomFrom('stratified', seed);
  const truth = new Map<StoredDialogue, boolean>();
  for (let n = 0; n < 600; n += 1) {
    const called = n % 4 === 0;
    const unsafe = random.chance(called ? 0.7 : 0.06);
    truth.set(
      stored(`S${n % 60}/bot/${n + 1}`, [verdict(MAJOR, called ? 'fail' : 'pass')]),
      unsafe,
    );
  }
  return truth;
}

/** A review of some of a run, by the truth: of what the judge called unsafe half, of the rest a fifth. */
function reviewOf(truth: ReadonlyMap<StoredDialogue, boolean>, seed: number) {
  const random = randomFrom('drawn', seed);
  const drawn = new Map<StoredDialogue, number>();
  for (const dialogue of truth.keys()) {
    const probability = dialogue.verdicts?.[0]?.outcome === 'fail' ? 0.5 : 0.2;
    if (random.chance(probability)) drawn.set(dialogue, probability);
  }
  const labels = [...drawn.keys()].flatMap((dialogue) => {
    const unsafe = truth.get(dialogue) ? 'yes' : 'no';
    const modes = unsafe === 'yes' ? [MAJOR] : [];
    return labelled(
      dialogueId(dialogue),
      label('ada', unsafe, { modes }),
      label('bo', unsafe, { modes }),
    );
  });
  return reviewedCases(packOf(drawn), settleLabels(labels), [...truth.keys()], taxonomy);
}

const shareOf = (truth: ReadonlyMap<unknown, boolean>) =>
  [...truth.values()].filter(Boolean).length / truth.size;

describe('calibratedRates', () => {
  it('recovers the rate of a run from a sample in which unsafe dialogues are many', () => {
    const runs = Array.from({ length: 40 }, (_, seed) => {
      const truth = stratifiedRun(seed);
      const cases = reviewOf(truth, seed);
      const [rate] = calibratedRates([...truth.keys()], cases, seed);
      return {
        truth: shareOf(truth),
        naive: shareOf(new Map(cases.map((each) => [each, each.unsafe === 'yes']))),
        rate,
      };
    });
    const mean = (of: (one: (typeof runs)[number]) => number) =>
      runs.reduce((sum, one) => sum + of(one), 0) / runs.length;
    expect(mean(({ naive }) => naive)).toBeGreaterThan(mean(({ truth }) => truth) + 0.1);
    const off = mean(({ rate, truth }) => (rate?.estimate?.rate ?? NaN) - truth);
    expect(Math.abs(off)).toBeLessThan(0.01);
    const holds = runs.filter(({ truth, rate }) => {
      const interval = rate?.estimate?.interval;
      return interval && interval.low <= truth && truth <= interval.high;
    });
    expect(holds.length).toBeGreaterThanOrEqual(37);
  });

  it('counts unsure as unsafe, and says so', () => {
    const kind = { labels: 1, unsafe: 'unsure', judged: 'pass' } as const;
    const { dialogues } = reviewedRun({ count: 2, ...kind }, passed(2));
    const decided = dialogues.flatMap((dialogue, index) =>
      labelled(
        dialogueId(dialogue),
        label('ada', index < 2 ? 'unsure' : 'no'),
        label('lund', index < 2 ? 'unsure' : 'no', { source: 'adjudication' }),
      ),
    );
    const pack = packOf(new Map(dialogues.map((each) => [each, 1])));
    const cases = reviewedCases(pack, settleLabels(decided), dialogues, taxonomy);
    expect(calibratedRates(dialogues, cases, 1)).toMatchObject([
      { unsure: 2, estimate: { rate: 0.5 } },
    ]);
    expect(measureJudge(cases, 'any', 1)).toMatchObject({ unsafe: 0, safe: 2 });
  });

  it('gives no rate where nobody reviewed an outcome of the judge, and one by agent', () => {
    const { cases, dialogues } = reviewedRun(found(4), passed(4));
    const more = [...dialogues, stored('S9/other/1', [verdict(MAJOR, 'pass')])];
    expect(calibratedRates(more, cases, 1)).toMatchObject([
      { agent: 'bot', reviewed: 8, estimate: { rate: 0.5 } },
      { agent: 'other', dialogues: 1, reviewed: 0, estimate: null },
    ]);
  });

  it('takes a run that was not judged as one stratum', () => {
    const dialogues = [1, 2, 3, 4].map((n) => stored(`S${n}/bot/1`));
    const labels = dialogues.flatMap((each, n) =>
      labelled(dialogueId(each), label('ada', n === 0 ? 'yes' : 'no', { comment: 'x' })),
    );
    const pack = packOf(new Map(dialogues.map((each) => [each, 1])));
    const cases = reviewedCases(pack, settleLabels(labels), dialogues, taxonomy);
    expect(calibratedRates(dialogues, cases, 1)[0]?.estimate?.rate).toBe(0.25);
    expect(measureJudge(cases, 'any', 1)).toMatchObject({
      sensitivity: { rate: 0 },
      specificity: { rate: 0 },
    });
  });
});

describe('a judge that is carried to another run', () => {
  it('recovers the rate there, undecided dialogues among them', () => {
    const { cases } = reviewedRun(found(45), missed(5), passed(160), alarmed(20), {
      count: 20,
      unsafe: 'no',
      judged: 'undetermined',
    });
    // Where .2 are unsafe, .9 × .2 + .1 × .8 are called so.
    const called = { hits: 260, of: 1000 };
    const { prevalence, interval } = carriedRate(called, measureTest(cases));
    expect(prevalence).toBeCloseTo(0.2, 8);
    expect(interval.low).toBeLessThan(0.2);
    expect(interval.high).toBeGreaterThan(0.2);
  });

  it('weighs the sample back to its run, and knows that unequal weights leave less of it', () => {
    const { cases } = reviewedRun(
      found(30),
      missed(3, { probability: 0.1 }),
      passed(30, { probability: 0.1 }),
    );
    const { sensitivity } = measureTest(cases);
    expect(sensitivity.hits / sensitivity.of).toBeCloseTo(30 / 60, 8);
    expect(sensitivity.of).toBeCloseTo(60 ** 2 / 330, 8);
  });

  it('is refused where it tells nothing, or was not measured on both sides', () => {
    const half = reviewedRun(found(5), missed(5), passed(5), alarmed(5)).cases;
    expect(() => carriedRate({ hits: 1, of: 2 }, measureTest(half))).toThrow(
      'the judge tells nothing',
    );
    const safe = reviewedRun(passed(5)).cases;
    expect(() => carriedRate({ hits: 1, of: 2 }, measureTest(safe))).toThrow(
      'not measured on both',
    );
  });

  it('is applied by agent, to judged dialogues that count', () => {
    const test = measureTest(reviewedRun(found(20), passed(20)).cases);
    const one = stored('S1/a/1', [verdict(MAJOR, 'fail')]);
    const dialogues = [
      one,
      stored('S2/a/1', [verdict(MAJOR, 'pass')]),
      stored('S1/b/1', [verdict(MAJOR, 'undetermined')]),
      stored('S2/b/1'),
      {
        ...one,
        agent: 'c',
        attempt: one.attempt && { ...one.attempt, standing: 'invalid' as const },
      },
    ];
    expect(carriedRates(dialogues, test)).toMatchObject([
      { agent: 'a', called: { hits: 1, of: 2 }, estimate: { prevalence: 0.5 } },
      { agent: 'b', called: { hits: 0, of: 1 }, estimate: { prevalence: 0 } },
    ]);
  });
});
