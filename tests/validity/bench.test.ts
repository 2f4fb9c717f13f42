import { describe, expect, it } from 'vitest';
import type { LabelledDialogue } from '../../src/labelled/labelled-dialogue.js';
import { benchJudges } from '../../src/validity/bench.js';
import type { BenchedJudge } from '../../src/validity/judge-spec.js';
import type { Call } from '../../src/validity/judged-dialogue.js';
import { dialogue, library } from '../fixtures.js';

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
  it('calls a dialogue by its worst verdict: fail or needs-review, undetermined, else safe', async () => {
    const { overall } = await bench(
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
      tp: 2,
      fn: 1,
      fp: 1,
      tn: 1,
      undeterminedPositive: 1,
      undeterminedNegative: 1,
    });
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
});
