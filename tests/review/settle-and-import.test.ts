import { describe, expect, it } from 'vitest';
import type { MatrixError } from '../../src/errors.js';
import { labelsToAdd, type CheckedFile, type NewLabel } from '../../src/review/import-answers.js';
import { labelOne, type Statement } from '../../src/review/label-one.js';
import { settleLabels } from '../../src/review/settle-labels.js';
import { showDialogue } from '../../src/review/shown-dialogue.js';
import type { DialogueLabel, SafetyLabel } from '../../src/store/review-record.js';
import { clock, label, labelled, LESSER, MAJOR, settled, stored, taxonomy } from './reviews.js';

const later = (minute: number) => ({ at: `2026-11-27T10:0${minute}:00.000Z` });
const deciding = (unsafe: SafetyLabel['unsafe'], minute: number, author = 'lund') =>
  label(author, unsafe, { source: 'adjudication', ...later(minute) });
const chosen = (author: string, unsafe: SafetyLabel['unsafe'], minute = 0) =>
  label(author, unsafe, { source: 'chosen', pack: null, ...later(minute) });

describe('settleLabels', () => {
  it('takes what all say', () => {
    const said = settled(
      'd',
      label('ada', 'yes', { modes: [MAJOR] }),
      label('bo', 'yes', { modes: [MAJOR] }),
    );
    expect(said.disagreements).toEqual([]);
    expect(said.settled).toEqual({ unsafe: 'yes', modes: new Map([[MAJOR, 3]]) });
  });

  it('names what they differ in, and leaves it open', () => {
    const said = settled('d', label('ada', 'yes', { modes: [MAJOR] }), label('bo', 'no'));
    expect(said.settled).toBeUndefined();
    expect(said.disagreements).toEqual(['unsafe: ada yes, bo no', `${MAJOR}: found by ada alone`]);
    expect(said.panel).toEqual([]);
  });

  it('takes unsure for a difference, even of one alone', () => {
    expect(settled('d', label('ada', 'unsure')).disagreements).toEqual(['unsafe: ada unsure']);
    expect(settled('d', label('ada', 'unsure'), label('bo', 'unsure')).settled).toBeUndefined();
  });

  it('takes a deciding label, until somebody says otherwise later', () => {
    const before = [label('ada', 'yes'), label('bo', 'no'), deciding('yes', 1)];
    expect(settled('d', ...before)).toMatchObject({
      disagreements: [],
      settled: { unsafe: 'yes' },
    });
    const after = settled(
      'd',
      ...before,
      label('bo', 'unsure', { ...later(2), reason: 'second look' }),
    );
    expect(after.settled).toBeUndefined();
    expect(after.disagreements).toEqual(['unsafe: ada yes, bo unsure']);
  });

  it('takes the deciding label that was given last, whatever the order of names', () => {
    const said = settled(
      'd',
      label('ada', 'yes'),
      label('bo', 'no'),
      deciding('no', 5, 'abe'),
      deciding('yes', 2, 'zoe'),
    );
    expect(said.settled?.unsafe).toBe('no');
  });

  it('counts of two labels by one author the later', () => {
    const said = settled(
      'd',
      label('ada', 'yes'),
      label('ada', 'no', { ...later(1), reason: 'x' }),
    );
    expect(said.labels).toHaveLength(1);
    expect(said.settled?.unsafe).toBe('no');
  });

  it('keeps apart the dialogues, and leaves preferences out', () => {
    const preference = {
      ...{ kind: 'preference' as const, item: 'B2B2', preferred: 'a' as const, author: 'ada' },
      ...{ ratings: { a: null, b: null }, at: later(0).at, pack: 'p-2', comment: '', reason: null },
    };
    const all = [
      ...labelled('d', label('ada', 'yes')),
      ...labelled('e', label('ada', 'no')),
      { dialogue: 'f', label: preference },
    ];
    expect(settleLabels(all).map(({ dialogue }) => dialogue)).toEqual(['d', 'e']);
  });
});

describe('what estimates see of a dialogue', () => {
  const panel = (...labels: SafetyLabel[]) => {
    const said = settled('d', ...labels);
    return said.panel.map(({ author, unsafe }) => `${author} ${unsafe}`);
  };

  it('is nothing of labels that were chosen', () => {
    expect(panel(chosen('ada', 'yes'))).toEqual([]);
    expect(settled('d', chosen('ada', 'yes'))).toMatchObject({
      drawn: [],
      settled: { unsafe: 'yes' },
    });
  });

  it('is what it was before somebody chose the dialogue', () => {
    expect(panel(label('ada', 'no'), chosen('eve', 'yes', 1))).toEqual(['ada no']);
    expect(panel(label('ada', 'no'), chosen('ada', 'yes', 1))).toEqual(['ada no']);
    expect(panel(label('ada', 'no'), chosen('eve', 'yes', 1), deciding('yes', 2))).toEqual([
      'ada no',
    ]);
  });

  it('is the deciding label where those who were given it differ', () => {
    expect(panel(label('ada', 'no'), label('bo', 'yes'), deciding('yes', 1))).toEqual(['lund yes']);
    expect(panel(label('ada', 'no'), label('bo', 'yes'))).toEqual([]);
    expect(panel(label('ada', 'unsure'))).toEqual([]);
  });

  it('is theirs where they differ in the modes of an unsafe dialogue alone', () => {
    const [one, other] = [
      label('ada', 'yes', { modes: [MAJOR] }),
      label('bo', 'yes', { modes: [LESSER] }),
    ];
    expect(panel(one, other)).toEqual(['ada yes', 'bo yes']);
    expect(panel(one, other, deciding('no', 1))).toEqual(['lund no']);
    expect(settled('d', one, other).settled).toBeUndefined();
  });
});

const file = (name: string, ...labels: DialogueLabel[]): CheckedFile => ({
  ...{ file: name, findings: [], missing: [] },
  labels: labels.map(({ dialogue, label: said }, index) => {
    const kept = Object.entries(said).filter(([key]) => key !== 'at' && key !== 'reason');
    const own = Object.fromEntries(kept) as NewLabel['label'];
    return { dialogue, place: `row ${index + 2}`, label: own };
  }),
});
const add = (
  files: readonly CheckedFile[],
  known: DialogueLabel[] = [],
  reason?: string,
  partial = false,
) => labelsToAdd(files, known, { reason, partial }, clock);
const findingsOf = (act: () => unknown): readonly string[] => {
  try {
    act();
  } catch (error) {
    return (error as MatrixError).findings;
  }
  return [];
};
const ada = labelled('d', label('ada', 'yes', { comment: 'x' }));

describe('labelsToAdd', () => {
  it('stamps what is new', () => {
    const { added, known, corrected } = add([file('a.csv', ...ada)]);
    expect(added).toEqual([
      { dialogue: 'd', label: { ...ada[0]?.label, at: clock().toISOString() } },
    ]);
    expect([known, corrected]).toEqual([0, 0]);
  });

  it('adds nothing the second time', () => {
    const { added } = add([file('a.csv', ...ada)]);
    expect(add([file('a.csv', ...ada)], [...added])).toMatchObject({ added: [], known: 1 });
  });

  it('takes nothing of any file where one cell of one is wrong, and names them all', () => {
    const bad = { ...file('b.csv'), findings: ['row 3, turn: wrong', 'row 9, mode: wrong'] };
    expect(findingsOf(() => add([file('a.csv', ...ada), bad]))).toEqual([
      'b.csv, row 3, turn: wrong',
      'b.csv, row 9, mode: wrong',
    ]);
  });

  it('takes a part only where a part is wished', () => {
    const part = { ...file('a.csv', ...ada), missing: ['row 3: no answer'] };
    expect(findingsOf(() => add([part]))).toEqual(['a.csv, row 3: no answer']);
    const { added, missing } = add([part], [], undefined, true);
    expect(added).toHaveLength(1);
    expect(missing).toEqual(['row 3: no answer']);
  });

  it('corrects with a reason alone, and keeps the former label', () => {
    const other = labelled('d', label('ada', 'no'));
    expect(findingsOf(() => add([file('b.csv', ...other)], ada))).toEqual([
      'b.csv, row 2: ada said otherwise before',
    ]);
    const { added, corrected } = add([file('b.csv', ...other)], ada, 'read again');
    expect(corrected).toBe(1);
    expect(added[0]?.label).toMatchObject({ unsafe: 'no', reason: 'read again' });
    expect(settleLabels([...ada, ...added])[0]?.settled?.unsafe).toBe('no');
  });

  it('gives no reason to a label that corrects nothing', () => {
    const { added, corrected } = add([file('a.csv', ...ada)], [], 'for others');
    expect(added[0]?.label.reason).toBeNull();
    expect(corrected).toBe(0);
  });

  it('refuses two files that answer one item, and names the later', () => {
    expect(findingsOf(() => add([file('a.csv', ...ada), file('b.json', ...ada)]))).toEqual([
      'b.json, row 2: ada answered it in another file too',
    ]);
  });

  it('takes the same dialogue anew in another pack without a reason', () => {
    const again = labelled('d', label('ada', 'no', { pack: 'p-2' }));
    const { added, corrected } = add([file('b.csv', ...again)], ada);
    expect(added).toHaveLength(1);
    expect(corrected).toBe(0);
    expect(add([file('b.csv', ...again)], [...ada, ...added]).known).toBe(1);
  });
});

describe('labelOne', () => {
  const shown = showDialogue(stored('S1/a/1', []), new Map());
  const statement: Statement = {
    ...{ author: 'osei', unsafe: 'yes', found: [`${MAJOR}@3:major`], comment: '' },
    ...{ isDeciding: false, reason: null },
  };
  const say = (said: Partial<Statement>, known: DialogueLabel[] = []) => {
    if (!shown) throw new Error('it counts');
    return labelOne(shown, { ...statement, ...said }, { taxonomy, known, clock });
  };

  it('marks it as chosen, or as deciding', () => {
    const { dialogue, label: made } = say({});
    expect(dialogue).toBe('S1/a/1');
    expect(made).toMatchObject({
      ...{ source: 'chosen', pack: null, author: 'osei', reason: null },
      findings: [{ failureMode: MAJOR, turn: 3, severity: 'Major' }],
    });
    expect(say({ isDeciding: true }).label).toMatchObject({ source: 'adjudication' });
  });

  it.each<[Partial<Statement>, string]>([
    [{ unsafe: '' }, '--unsafe: it has no answer'],
    [{ found: [MAJOR] }, `--found ${MAJOR}: no turn is given`],
    [{ found: [`${MAJOR}@2`] }, "turn 2 is the patient's"],
    [{ found: ['nonsense@3'] }, '"nonsense" is no failure mode'],
    [{ author: 'Dr Lund' }, '"Dr Lund" cannot stand'],
    [{ found: [] }, 'neither a finding nor a comment says how'],
  ])('refuses %j', (said, why) => {
    expect(() => say(said)).toThrow(why);
  });

  it('corrects a former label with a reason alone', () => {
    const before = [say({})];
    expect(() => say({ unsafe: 'no' }, before)).toThrow('osei has labelled S1/a/1 before');
    expect(say({ unsafe: 'no', reason: 'misread' }, before).label.reason).toBe('misread');
    expect(say({ isDeciding: true, reason: 'first' }, before).label.reason).toBeNull();
    expect(say({ author: 'lund' }, before).label.reason).toBeNull();
  });
});
