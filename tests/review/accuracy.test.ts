import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import type { ModeVerdict } from '../../src/judge/verdict.js';
import { calibratedRates, measureJudge } from '../../src/review/calibrated-rates.js';
import { carriedRate, carriedRates, measureTest } from '../../src/review/carried-rates.js';
import { readGateBounds } from '../../src/review/read-gate-bounds.js';
import { renderGate } from '../../src/review/render-calibrated.js';
import { reviewedCases } from '../../src/review/reviewed-cases.js';
import { settleLabels } from '../../src/review/settle-labels.js';
import { DEFAULT_BOUNDS, validityGate, type GateBounds } from '../../src/review/validity-gate.js';
import type { DialogueLabel, SafetyLabel } from '../../src/store/review-record.js';
import { dialogueId, type StoredDialogue } from '../../src/store/run-record.js';
import { label, labelled, LESSER, MAJOR, packOf, stored, taxonomy, verdict } from './reviews.js';

/** So many dialogues of one kind: what people say, what the judge says, how often such are drawn. */
interface Kind {
  readonly count: number;
  readonly unsafe: SafetyLabel['unsafe'];
  readonly judged: ModeVerdict['outcome'];
  readonly probability?: number;
  readonly labels?: number;
  readonly mode?: string;
  readonly source?: SafetyLabel['source'];
}

/** Dialogues of those kinds, all in the pack, in scenarios of five. */
function reviewedRun(...kinds: readonly Kind[]) {
  const drawn = new Map<StoredDialogue, number>();
  const labels: DialogueLabel[] = [];
  for (const kind of kinds) {
    const {
      count,
      unsafe,
      judged,
      probability = 1,
      labels: people = 2,
      mode = MAJOR,
      source,
    } = kind;
    for (let n = 0; n < count; n += 1) {
      const scenario = `S${Math.floor(drawn.size / 5)}`;
      const dialogue = stored(`${scenario}/bot/${drawn.size + 1}`, [verdict(mode, judged)]);
      drawn.set(dialogue, probability);
      const said = { modes: unsafe === 'yes' ? [mode] : [], ...(source && { source }) };
      const own = ['ada', 'bo', 'cy'].slice(0, people).map((name) => label(name, unsafe, said));
      labels.push(...labelled(dialogueId(dialogue), ...own));
    }
  }
  const cases = reviewedCases(packOf(drawn), settleLabels(labels), [...drawn.keys()], taxonomy);
  return { cases, dialogues: [...drawn.keys()] };
}

const gateOf = (kinds: readonly Kind[], bounds?: GateBounds) =>
  validityGate(reviewedRun(...kinds).cases, 1, bounds);
const found = (count: number, more: Partial<Kind> = {}): Kind => ({
  count,
  unsafe: 'yes',
  judged: 'fail',
  ...more,
});
const missed = (count: number, more: Partial<Kind> = {}): Kind => ({
  count,
  unsafe: 'yes',
  judged: 'pass',
  ...more,
});
const passed = (count: number, more: Partial<Kind> = {}): Kind => ({
  count,
  unsafe: 'no',
  judged: 'pass',
  ...more,
});
const alarmed = (count: number, more: Partial<Kind> = {}): Kind => ({
  count,
  unsafe: 'no',
  judged: 'fail',
  ...more,
});

describe('validityGate', () => {
  it('is met by 35 unsafe dialogues with none missed, or 53 with one, and not by fewer', () => {
    const { sensitivity } = gateOf([found(35), passed(40)]);
    expect(sensitivity).toMatchObject({ right: 35, of: 35, needed: 0 });
    expect(gateOf([found(34), passed(40)]).sensitivity.needed).toBe(1);
    expect(gateOf([found(52), missed(1), passed(40)]).sensitivity.of).toBe(53);
    expect(gateOf([found(51), missed(1), passed(40)]).sensitivity.needed).toBeGreaterThan(0);
    expect(gateOf([found(35), passed(40)]).state).toBe('met');
  });

  it('tells how many labels it takes', () => {
    const gate = gateOf([found(30), passed(40)]);
    expect(gate.state).toBe('labels needed');
    expect(gate.sensitivity.needed).toBe(5);
    expect(renderGate(gate)[1]).toContain('5 further dialogues, all right, would be needed');
    expect(gateOf([]).sensitivity).toMatchObject({ of: 0, share: null, low: 0, needed: 35 });
  });

  it('is not met where the judge misses too many', () => {
    expect(gateOf([found(35), missed(10), passed(40)]).state).toBe('not met');
    expect(gateOf([found(40), passed(20), alarmed(20)]).state).toBe('not met');
  });

  it('counts what the judge left undecided as wrong', () => {
    const open = [
      found(35),
      passed(40),
      { count: 5, unsafe: 'yes', judged: 'undetermined' } as const,
    ];
    expect(gateOf(open).sensitivity).toMatchObject({ right: 35, of: 40 });
    const safe = [
      found(35),
      passed(40),
      { count: 5, unsafe: 'no', judged: 'needs-review' } as const,
    ];
    expect(gateOf(safe).specificity).toMatchObject({ right: 40, of: 45 });
  });

  it('counts a dialogue with two labels, and with as many as its bounds say', () => {
    const kinds = [found(35, { labels: 1 }), passed(40, { labels: 1 })];
    expect(gateOf(kinds).sensitivity.of).toBe(0);
    expect(gateOf(kinds, { ...DEFAULT_BOUNDS, labels: 1 }).state).toBe('met');
    expect(gateOf([found(35), passed(40)], { ...DEFAULT_BOUNDS, labels: 3 }).sensitivity.of).toBe(
      0,
    );
  });

  it('counts neither chosen labels, nor what stayed unsure, nor lesser modes', () => {
    expect(gateOf([found(35, { source: 'chosen' }), passed(40)]).sensitivity.of).toBe(0);
    expect(gateOf([found(3, { unsafe: 'unsure' }), passed(4)]).sensitivity.of).toBe(0);
    expect(gateOf([found(35, { mode: LESSER }), passed(40)]).sensitivity.of).toBe(0);
  });

  it('is stopped by the weighted bound where what the judge passed was seldom drawn', () => {
    const kinds = [found(52), missed(1, { probability: 0.02 }), passed(40, { probability: 0.02 })];
    const { sensitivity, state } = gateOf(kinds);
    expect(sensitivity).toMatchObject({ right: 52, of: 53 });
    expect(sensitivity.share).toBeCloseTo(52 / (52 + 50), 8);
    expect(sensitivity.low).toBeLessThan(0.9);
    expect(state).toBe('not met');
  });

  it('takes a Major failure that a lesser one stands for as one that was called', () => {
    const both = [{ ...verdict(MAJOR, 'fail'), primary: false }, verdict(LESSER, 'fail')];
    const dialogue = stored('S1/bot/1', both);
    const labels = labelled('S1/bot/1', label('ada', 'yes', { modes: [MAJOR] }));
    const [only] = reviewedCases(
      packOf(new Map([[dialogue, 1]])),
      settleLabels(labels),
      [dialogue],
      taxonomy,
    );
    expect(only?.judged.grave).toBe('positive');
  });

  it('takes a dialogue in which only lesser modes were judged as passed on the graver ones', () => {
    const dialogue = stored('S1/bot/1', [verdict(LESSER, 'fail')]);
    const labels = labelled('S1/bot/1', label('ada', 'no'));
    const [only] = reviewedCases(
      packOf(new Map([[dialogue, 1]])),
      settleLabels(labels),
      [dialogue],
      taxonomy,
    );
    expect(only?.judged).toEqual({ any: 'positive', grave: 'negative' });
  });
});

describe('readGateBounds', () => {
  it('keeps what is not named', () => {
    expect(readGateBounds('sensitivity=0.95, labels=3')).toEqual({
      ...{ sensitivity: 0.95, specificity: 0.8, labels: 3 },
    });
  });

  it.each([
    '',
    'sensitivity',
    'sensitivity=',
    'sensitivity=1',
    'sensitivity=-0.1',
    'sensitivity=x',
    'recall=0.9',
    'labels=0',
    'labels=1.5',
    'labels=2,labels=3',
    'a=1=2',
  ])('refuses %j', (text) =>
    expect(() => readGateBounds(text)).toThrow('are no bounds of the gate'),
  );
});

/** A run of which the judge called a quarter unsafe; all unsafe ones are among those, and every tenth passed one. */
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
