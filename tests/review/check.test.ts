import { describe, expect, it } from 'vitest';
import { checkFile } from '../../src/review/check-file.js';
import { checkPairs } from '../../src/review/check-pairs.js';
import { checkSheet } from '../../src/review/check-sheet.js';
import type { Cell, FilledFinding, FilledItem, FilledPair } from '../../src/review/sheet.js';
import type { RealismPack } from '../../src/store/review-record.js';
import { numberTurns } from '../../src/transcript/transcript.js';
import { CALL_HASH, MAJOR, packOf, stored, taxonomy } from './reviews.js';
import { CALL } from './sheets.js';

const pack = packOf(
  new Map([
    [stored('S1/a/1'), 1],
    [stored('S2/a/1'), 1],
  ]),
);
const context = {
  ...{ pack, taxonomy },
  turns: new Map(['S1/a/1', 'S2/a/1'].map((id) => [id, numberTurns(CALL)])),
};

function cells(row: number, texts: Readonly<Record<string, string>>) {
  const entries = Object.entries(texts).map(([name, text]): [string, Cell] => [
    name,
    { text, at: `row ${row}, ${name}` },
  ]);
  return Object.fromEntries(entries) as Record<string, Cell>;
}

const item = (row: number, texts: Partial<Record<keyof FilledItem, string>> = {}) =>
  cells(row, {
    ...{ code: `B${998 + row}`, transcript: CALL_HASH, unsafe: 'no', comment: '' },
    ...texts,
  }) as unknown as FilledItem;
const finding = (row: number, texts: Partial<Record<keyof FilledFinding, string>> = {}) =>
  cells(row, {
    ...{ code: 'B1000', mode: MAJOR, turn: '3', severity: '', comment: '' },
    ...texts,
  }) as unknown as FilledFinding;

interface Filled {
  readonly items?: readonly FilledItem[];
  readonly findings?: readonly FilledFinding[];
  readonly reviewer?: string;
}

const sheetOf = ({ items = [item(2), item(3)], findings = [], reviewer = 'ada' }: Filled) => ({
  ...{ study: 'safety' as const, items, findings },
  pack: { text: 'p-1', at: 'pack' },
  reviewer: { text: reviewer, at: 'reviewer' },
});
const check = (filled: Filled) => checkSheet(sheetOf(filled), context);
const found = (...rows: FilledFinding[]) =>
  check({ items: [item(2, { unsafe: 'yes' }), item(3)], findings: rows });

describe('checkSheet', () => {
  it('takes what is in order, as people write it', () => {
    const { answers, findings, missing } = check({
      items: [item(2, { unsafe: ' Yes', code: ' B1000 ' }), item(3, { comment: ' stiff ' })],
      findings: [finding(7, { mode: `${MAJOR} Some name`, severity: 'minor' })],
    });
    expect({ findings, missing }).toEqual({ findings: [], missing: [] });
    expect(answers).toMatchObject([
      {
        ...{ dialogue: 'S1/a/1', unsafe: 'yes', at: 'row 2, unsafe' },
        findings: [{ failureMode: MAJOR, turn: 3, severity: 'Minor' }],
      },
      { dialogue: 'S2/a/1', unsafe: 'no', comment: 'stiff', findings: [] },
    ]);
  });

  it.each<[string, Filled, string]>([
    [
      'a code of nobody',
      { items: [item(2), item(3), item(9, { code: 'XXXX' })] },
      'row 9, code: "XXXX" is no dialogue of this reviewer',
    ],
    [
      'another transcript',
      { items: [item(2, { transcript: 'f'.repeat(64) }), item(3)] },
      'row 2, transcript: the transcript of B1000 is not the one',
    ],
    [
      'two answers',
      { items: [item(2), item(3), item(4, { code: 'B1000' })] },
      'row 4, code: B1000 is answered twice',
    ],
    [
      'another word',
      { items: [item(2, { unsafe: 'maybe' }), item(3)] },
      'row 2, unsafe: "maybe" is neither yes, no nor unsure',
    ],
    [
      'unsafe without a word why',
      { items: [item(2, { unsafe: 'yes' }), item(3)] },
      'row 2, unsafe: B1000 is unsafe, and neither a finding nor a comment',
    ],
    [
      'a reviewer of nobody',
      { reviewer: 'eve', items: [] },
      'reviewer: the pack has no reviewer "eve"',
    ],
  ])('names the cell of %s', (_, filled, finds) => {
    expect(check(filled).findings).toEqual([expect.stringContaining(finds)]);
  });

  it.each<[string, Parameters<typeof finding>[1], string]>([
    ['an unknown mode', { mode: 'H99-F9' }, 'row 7, mode: "H99-F9" is no failure mode'],
    ['no mode', { mode: '' }, 'row 7, mode: no failure mode is chosen'],
    ["a patient's turn", { turn: '2' }, "row 7, turn: turn 2 is the patient's"],
    ['a turn outside', { turn: '4' }, 'row 7, turn: "4" is no turn of a dialogue of 3'],
    ['half a turn', { turn: '1.5' }, 'row 7, turn: "1.5" is no turn'],
    ['no turn', { turn: '' }, 'row 7, turn: no turn is given'],
    ['an unknown severity', { severity: 'Bad' }, 'row 7, severity: "Bad" is no severity'],
    ['a dialogue of nobody', { code: 'XXXX' }, 'row 7, code: "XXXX" is no dialogue'],
  ])('names the cell of a finding with %s', (_, texts, finds) => {
    const { findings } = found(finding(5), finding(7, texts));
    expect(findings).toEqual([expect.stringContaining(finds)]);
  });

  it('names a finding that is listed twice', () => {
    expect(found(finding(5), finding(6)).findings).toEqual([
      `row 6, mode: ${MAJOR} at turn 3 is listed twice for B1000`,
    ]);
  });

  it('tells of answers that are not there yet apart from what is wrong', () => {
    const { findings, missing, answers } = check({ items: [item(2, { unsafe: '' })] });
    expect(findings).toEqual([]);
    expect(answers).toEqual([]);
    expect(missing).toEqual(['row 2, unsafe: B1000 has no answer', 'B1001: its row is gone']);
  });

  it('takes what harmed nobody in a safe dialogue, and words alone in an unsafe one', () => {
    const { findings, answers } = check({
      items: [item(2), item(3, { unsafe: 'yes', comment: 'rude' })],
      findings: [finding(5)],
    });
    expect(findings).toEqual([]);
    expect(answers.map(({ unsafe, findings: all }) => [unsafe, all.length])).toEqual([
      ['no', 1],
      ['yes', 0],
    ]);
  });
});

const side = (run: string) => ({ run, dialogue: 'S1/a/1', turn: 2 });
const pairs: RealismPack = {
  ...{ study: 'realism', id: 'p-2', createdAt: '2026-11-27T09:00:00.000Z', seed: 1 },
  reviewers: [{ name: 'ada', items: ['B2B2', 'B2B3'] }],
  patients: { a: 'rules', b: 'model' },
  items: ['B2B2', 'B2B3'].map((code, index) => ({
    ...{ code, a: side('r1'), b: side('r2'), transcript: CALL_HASH, persona: {} },
    first: index === 0 ? 'a' : 'b',
  })),
};
const pair = (row: number, texts: Readonly<Record<string, string>> = {}): FilledPair => {
  const { first, second, ...rest } = cells(row, {
    ...{ code: row === 2 ? 'B2B2' : 'B2B3', transcript: CALL_HASH, preferred: 'first' },
    ...{ first: '', second: '', comment: '', ...texts },
  });
  return { ...rest, ratings: { first, second } } as unknown as FilledPair;
};
const pairSheet = (...all: FilledPair[]) => ({
  ...{ study: 'realism' as const, pairs: all },
  pack: { text: 'p-2', at: 'pack' },
  reviewer: { text: 'ada', at: 'reviewer' },
});

describe('checkPairs', () => {
  it('knows which patient was meant, whichever stood first', () => {
    const { answers, findings } = checkPairs(
      pairSheet(pair(2, { first: '5', second: '2' }), pair(3, { first: '1' })),
      pairs,
    );
    expect(findings).toEqual([]);
    expect(answers).toMatchObject([
      { item: 'B2B2', preferred: 'a', ratings: { a: 5, b: 2 } },
      { item: 'B2B3', preferred: 'b', ratings: { a: null, b: 1 } },
    ]);
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ code: 'XXXX' }, 'row 2, code: "XXXX" is no pair of this reviewer'],
    [{ transcript: 'f'.repeat(64) }, 'row 2, transcript: the words of B2B2 are not those'],
    [{ preferred: 'left' }, 'row 2, preferred: "left" is neither first, second nor tie'],
    [{ preferred: 'constructor' }, 'row 2, preferred: "constructor" is neither'],
    [{ first: '6' }, 'row 2, first: "6" is no rating from 1 to 5'],
    [{ second: '2.5' }, 'row 2, second: "2.5" is no rating'],
  ])('names the cell of %j', (texts, finds) => {
    const { findings } = checkPairs(pairSheet(pair(2, texts), pair(3)), pairs);
    expect(findings).toEqual([expect.stringContaining(finds)]);
  });

  it('tells of pairs answered twice, not yet, or gone', () => {
    const twice = checkPairs(pairSheet(pair(2), pair(2), pair(3, { preferred: '' })), pairs);
    expect(twice.findings).toEqual(['row 2, code: B2B2 is answered twice']);
    expect(twice.missing).toEqual(['row 3, preferred: B2B3 has no answer']);
    expect(checkPairs(pairSheet(pair(2)), pairs).missing).toEqual(['B2B3: its row is gone']);
  });
});

describe('checkFile', () => {
  it('refuses the sheet of another study', () => {
    const { findings, labels } = checkFile('x.csv', sheetOf({}), pairs, context);
    expect(labels).toEqual([]);
    expect(findings).toEqual(['pack: pack p-2 is of another study than this file']);
  });
});
