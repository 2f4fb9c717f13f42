import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LabelledDialogue } from '../../src/labelled/labelled-dialogue.js';
import { benchJudges } from '../../src/validity/bench.js';
import type { BenchedJudge } from '../../src/validity/benched-judge.js';
import type { Call } from '../../src/validity/judged-dialogue.js';
import { renderBench } from '../../src/report/render-bench.js';
import { openJudge } from '../../src/validity/judge-spec.js';
import { dialogue, library } from '../fixtures.js';
import { AnsweringModels, askedModes, contextOf, verdictsOn } from './answering-models.js';

const { taxonomy } = library;
const turns = dialogue('a', 'b', 'c', 'd', 'e');

function labelled(id: string, labels: [string, number][], hazard = 'H01'): LabelledDialogue {
  return {
    id,
    hazard,
    turns,
    labels: labels.map(([failureMode, turn]) => ({ failureMode, turn })),
  };
}

type Answers = Record<string, Record<string, [Call['outcome'], number?, boolean?]>>;

function judgeThat(says: Answers, name = 'stub'): BenchedJudge {
  return {
    name,
    fingerprint: name,
    isMetered: false,
    call: ({ id }) =>
      Promise.resolve(
        Object.entries(says[id] ?? {}).map(
          ([failureMode, [outcome, turn = null, primary = true]]) => ({
            failureMode,
            outcome,
            turn,
            primary,
            quotes: [],
            severity: 'Major' as const,
          }),
        ),
      ),
  };
}

async function bench(dialogues: LabelledDialogue[], says: Answers) {
  const { judges } = await benchJudges('set', dialogues, [judgeThat(says)], taxonomy);
  const [first] = judges;
  if (!first) throw new Error('no judge');
  return first;
}

describe('benchJudges', () => {
  it('calls a dialogue by its worst verdict: fail, needs-review, undetermined, else safe', async () => {
    const { overall, raised } = await bench(
      [
        labelled('found', [['H01-F1', 3]]),
        labelled('reviewed', [['H01-F1', 3]]),
        labelled('missed', [['H01-F1', 3]]),
        labelled('open', [['H01-F1', 3]]),
        labelled('alarm', []),
        labelled('safe', []),
        labelled('unsure', []),
      ],
      {
        found: { 'H01-F1': ['fail', 3] },
        reviewed: { 'H01-F1': ['needs-review'] },
        missed: { 'H01-F1': ['pass'], 'H01-F2': ['not-applicable'] },
        open: { 'H01-F1': ['undetermined'] },
        alarm: { X09: ['fail', 1] },
        safe: { 'H01-F1': ['pass'], X01: ['undetermined'] },
        unsure: { 'H01-F1': ['pass'], 'H01-F2': ['undetermined'] },
      },
    );
    expect(overall).toMatchObject({
      tp: 1,
      fn: 1,
      fp: 1,
      tn: 1,
      undeterminedPositive: 2,
      undeterminedNegative: 1,
    });
    expect(raised.dialogues).toEqual({ unsafe: 1, safe: 0 });
  });

  it('looks at the cross-cutting modes where there is no hazard', async () => {
    const { overall } = await bench([labelled('a', [], 'none'), labelled('b', [], 'none')], {
      a: { X01: ['undetermined'] },
      b: { X01: ['pass'] },
    });
    expect(overall).toMatchObject({ tn: 1, undeterminedNegative: 1 });
  });

  it('counts a mode without verdict as undetermined, and holds no secondary failure against a judge', async () => {
    const { labels, byMode, errors } = await bench(
      [
        labelled('a', [
          ['H01-F2', 3],
          ['X07', 5],
        ]),
      ],
      {
        a: { 'H01-F2': ['fail', 5], 'H01-F3': ['fail', 3, false] },
      },
    );
    expect(labels).toMatchObject({ tp: 1, fp: 0, undeterminedPositive: 1 });
    expect(byMode.find(({ failureMode }) => failureMode === 'X07')?.coverage).toBe(0);
    expect(errors).toEqual([]);
  });

  it('ranks labels as failures, and counts secondary ones beside', async () => {
    const { labels, secondary } = await bench(
      [
        labelled('a', [
          ['H01-F1', 3],
          ['X02', 3],
        ]),
        labelled('b', [['H09-F4', 5]], 'H09'),
      ],
      {
        a: { 'H01-F1': ['fail', 3], X02: ['fail', 3, false] },
        b: { 'H09-F4': ['undetermined'], 'H01-F1': ['fail', 3] },
      },
    );
    expect(labels).toMatchObject({ tp: 1, fp: 0, fn: 0, undeterminedPositive: 1 });
    expect(secondary).toEqual({ n: 2, labelled: 1 });
  });

  it('measures turns exactly and within one agent turn', async () => {
    const { turns: found } = await bench(
      [
        labelled('a', [['H01-F1', 3]]),
        labelled('b', [['H01-F1', 3]]),
        labelled('c', [['H01-F1', 1]]),
      ],
      { a: { 'H01-F1': ['fail', 3] }, b: { 'H01-F1': ['fail', 5] }, c: { 'H01-F1': ['fail', 5] } },
    );
    expect(found).toEqual({ n: 3, exact: 1, withinOne: 2 });
  });

  it('lists misses and false alarms with the words at their turn, worst first', async () => {
    const { errors } = await bench([labelled('a', [['H01-F1', 3]])], {
      a: { 'H01-F1': ['pass'], X09: ['fail', 1] },
    });
    expect(errors.map(({ error, failureMode, quote }) => [error, failureMode, quote])).toEqual([
      ['missed', 'H01-F1', 'c'],
      ['false alarm', 'X09', 'a'],
    ]);
  });

  it('leaves rows by mode out where only whole dialogues are labelled', async () => {
    const { overall, byMode } = await bench([{ id: 'a', hazard: 'H01', turns, unsafe: true }], {
      a: { 'H01-F1': ['fail', 3] },
    });
    expect(overall.tp).toBe(1);
    expect(byMode).toEqual([]);
  });

  it('compares two judges on the same dialogues', async () => {
    const set = Array.from({ length: 8 }, (_, index) => labelled(`d${index}`, [['H01-F1', 3]]));
    const all = Object.fromEntries(
      set.map(({ id }) => [id, { 'H01-F1': ['fail', 3] as [Call['outcome'], number] }]),
    );
    const judges = [judgeThat(all, 'good'), judgeThat({}, 'silent')];
    const { paired } = await benchJudges('set', set, judges, taxonomy);
    expect(paired[0]).toMatchObject({ onlyFirstRight: 8, onlySecondRight: 0, n: 8 });
    expect(paired[0]?.p).toBeLessThan(0.01);
  });

  it('counts how often two judges say the same of a label that both decide', async () => {
    const first = {
      a: { 'H01-F1': ['fail', 3], 'H01-F2': ['pass'], X01: ['pass'], X02: ['undetermined'] },
      b: { 'H01-F1': ['pass'], 'H01-F2': ['pass'], X03: ['pass'] },
    } satisfies Answers as Answers;
    const second = {
      a: { 'H01-F1': ['fail', 3], 'H01-F2': ['pass'], X01: ['fail', 3], X02: ['pass'] },
      b: { 'H01-F1': ['pass'], 'H01-F2': ['not-applicable'] },
    } satisfies Answers as Answers;
    const set = [labelled('a', []), labelled('b', [])];
    const judges = [judgeThat(first, 'first'), judgeThat(second, 'second')];
    const { paired } = await benchJudges('set', set, judges, taxonomy);
    expect(paired[0]?.labels).toMatchObject({ n: 5, same: 4 / 5 });
    // By hand: expected agreement (1 × 2 + 4 × 3) ÷ 25 = 0.56.
    expect(paired[0]?.labels.kappa).toBeCloseTo(0.24 / 0.44, 10);
  });

  it('leaves a dialogue open where no hazard is named and a judged mode of any is undetermined', async () => {
    const bare = (id: string): LabelledDialogue => ({ id, turns, labels: [] });
    const { overall } = await bench([bare('a'), bare('b'), bare('c')], {
      a: { 'H02-F1': ['undetermined'], X01: ['pass'] },
      b: { 'H02-F1': ['pass'], X01: ['undetermined'] },
      c: { X01: ['undetermined'] },
    });
    expect(overall).toMatchObject({ tn: 1, undeterminedNegative: 2 });
  });
});

describe('benchJudges with model judges', () => {
  const set = ['a', 'b', 'c', 'd'].map((id) => labelled(id, [], 'none'));

  it('gives the same result in whatever order answers come', async () => {
    const withDelays = async (delays: number[]) => {
      const models = new AnsweringModels(async (request) => {
        const text = verdictsOn(askedModes(request), (mode) =>
          mode === 'X01' && delays.length > 2 ? 'abstain' : 'pass',
        );
        await wait(delays.shift() ?? 0);
        return text;
      });
      const judges = [await openJudge('openai:m', library, contextOf(models))];
      const { judges: scored } = await benchJudges('set', set, judges, taxonomy);
      return scored[0]?.overall;
    };
    const slowFirst = await withDelays([40, 20, 10, 0]);
    expect(slowFirst).toEqual(await withDelays([0, 10, 20, 40]));
    expect(slowFirst).toMatchObject({ undeterminedNegative: 2, tn: 2 });
  });

  it('judges so many dialogues at a time', async () => {
    let running = 0;
    let most = 0;
    const models = new AnsweringModels(async (request) => {
      most = Math.max(most, (running += 1));
      await wait(5);
      running -= 1;
      return verdictsOn(askedModes(request), 'pass');
    });
    const judges = [
      await openJudge('openai:m', library, contextOf(models)),
      await openJudge('openai:n', library, contextOf(models)),
    ];
    await benchJudges('set', set, judges, taxonomy, { concurrency: 2 });
    expect(most).toBe(2);
  });

  it('counts verdicts and dialogues that flip between repeats, and scores the first', async () => {
    const asked = new Map<string, number>();
    const models = new AnsweringModels((request) => {
      const modes = askedModes(request);
      const text = request.messages.at(-1)?.text ?? '';
      const id = /I am (\w)/.exec(text)?.[1] ?? '';
      const times = (asked.get(id) ?? 0) + 1;
      asked.set(id, times);
      const isUnsure = (mode: string) => mode === 'X01' && id === 'a' && times > 1;
      return verdictsOn(modes, (mode) => {
        if (id === 'b' && mode === 'X02' && times === 3) return 'not-applicable';
        return isUnsure(mode) ? 'abstain' : 'pass';
      });
    });
    const dialogues = set.map((one) => ({ ...one, turns: dialogue('Hi.', `I am ${one.id}.`) }));
    const judges = [await openJudge('openai:m', library, contextOf(models))];
    const result = await benchJudges('set', dialogues, judges, taxonomy, { repeats: 3 });
    const [judge] = result.judges;
    const modes = judge?.labels.n ?? 0;
    expect(modes).toBeGreaterThan(0);
    expect(judge?.overall).toMatchObject({ tn: 4, undeterminedNegative: 0 });
    expect(judge?.flips).toEqual({
      verdicts: { n: modes, flipped: 2, share: 2 / modes },
      dialogues: { n: 4, flipped: 1, share: 1 / 4 },
    });
    expect(judge?.cost).toMatchObject({ calls: 12, judgings: 12, verdicts: 3 * modes });
    expect(renderBench(result).join('\n')).toContain('1 of 4 (25 %)');
  });

  it('says what a judge took: calls, tokens a verdict, money, time', async () => {
    const judges = [
      await openJudge('openai:m', library, contextOf(new AnsweringModels())),
      judgeThat({}, 'elsewhere'),
    ];
    const prices = { currency: 'EUR', models: { m: { input: 1, output: 10 } } };
    const result = await benchJudges('set', set, judges, taxonomy, { prices });
    const [judge, other] = result.judges;
    const modes = (judge?.labels.n ?? 0) / 4;
    expect(judge?.cost).toMatchObject({
      calls: 4,
      callsPerDialogue: 1,
      inputTokens: 400,
      outputTokens: 40,
      tokensPerVerdict: 110 / modes,
      failed: 0,
      currency: 'EUR',
    });
    expect(judge?.cost?.money).toBeCloseTo(0.0008);
    expect(judge?.cost?.seconds).toBeGreaterThan(0);
    expect(judge?.cost?.medianSeconds).toBeGreaterThan(0);
    expect(judge?.flips).toBeNull();
    expect(other?.cost).toBeNull();
    expect(renderBench(result).join('\n')).toMatch(
      /openai:m +4 +1\.0 +400 +0 +40 +\d+ +0\.0008 EUR/,
    );
  });

  it('stops with the reason that it is given, after what is in flight', async () => {
    const stop = new AbortController();
    const models = new AnsweringModels((request) => {
      stop.abort(new Error('interrupted'));
      return verdictsOn(askedModes(request), 'pass');
    });
    const judges = [await openJudge('openai:m', library, contextOf(models))];
    let judged = 0;
    const options = { concurrency: 1, stop: stop.signal, onJudged: () => (judged += 1) };
    await expect(benchJudges('set', set, judges, taxonomy, options)).rejects.toThrow('interrupted');
    expect(judged).toBe(1);
    expect(models.requests).toHaveLength(1);
  });
});
