import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MatrixError } from '../../../src/errors.js';
import { csvLine } from '../../../src/labelled/csv-line.js';
import { unguardCell } from '../../../src/labelled/formula-cells.js';
import { printable } from '../../../src/printable.js';
import { readCsv } from '../../../src/review/csv/read-csv.js';
import { writeCsv } from '../../../src/review/csv/write-csv.js';
import { dialogue, HOSTILE, pair, realismSheet, safetySheet } from '../sheets.js';

const encoder = new TextEncoder();
const SHEET = safetySheet([dialogue('K7Q2'), dialogue('M3RA')]);
const [FIRST = { transcript: '' }, SECOND = { transcript: '' }] = SHEET.items;

function labels(sheet: Parameters<typeof writeCsv>[0]): string {
  return writeCsv(sheet)['.labels.csv'] ?? '';
}

const HEADER = labels(safetySheet([]));
const read = (text: string) => readCsv(encoder.encode(text), 'spring.labels.csv');

/** The file with these rows, as a person fills them in. */
function filled(...rows: readonly (readonly string[])[]): string {
  return HEADER + rows.map(csvLine).join('');
}

const row = (...cells: string[]) => ['spring', 'safety', 'ada', 'K7Q2', FIRST.transcript, ...cells];
const added = (...cells: string[]) => ['', '', '', 'K7Q2', '', '', ...cells];

function refusal(content: string | Uint8Array): MatrixError {
  try {
    readCsv(typeof content === 'string' ? encoder.encode(content) : content, 'spring.labels.csv');
  } catch (error) {
    if (error instanceof MatrixError) return error;
    throw error;
  }
  throw new Error('it was read');
}

function findingsOf(text: string) {
  const sheet = read(text);
  if (sheet.study === 'realism') throw new Error('no dialogues');
  return sheet;
}

describe('CSV of a review', () => {
  it('gives an empty row for each dialogue', () => {
    expect(findingsOf(labels(SHEET))).toMatchObject({
      study: 'safety',
      pack: { text: 'spring', at: 'row 2, column pack' },
      reviewer: { text: 'ada' },
      items: [
        { code: { text: 'K7Q2' }, transcript: { text: FIRST.transcript }, unsafe: { text: '' } },
        { code: { text: 'M3RA' }, transcript: { text: SECOND.transcript } },
      ],
      findings: [],
    });
  });

  it('reads further rows as further findings, with their place', () => {
    const text = filled(
      row('yes', 'Z01-F1', '3', '', 'late'),
      added('Z02-F1', '5', 'Major', ''),
      added('', '', '', 'else well'),
    );
    const { items, findings } = findingsOf(text);
    expect(items).toMatchObject([
      { unsafe: { text: 'yes' }, comment: { text: 'else well', at: 'row 4, column comment' } },
    ]);
    expect(findings).toMatchObject([
      { mode: { text: 'Z01-F1' }, comment: { text: 'late' } },
      { mode: { text: 'Z02-F1' }, turn: { text: '5', at: 'row 3, column turn' } },
    ]);
  });

  it('reads the same of rows in another order, and of an answer that is filled down', () => {
    const rows = [row('no', '', '', '', ''), row('no', 'Z01-F1', '3', '', '')];
    expect(findingsOf(filled(...rows.toReversed())).items).toHaveLength(1);
    const { items } = findingsOf(filled(...rows, row('yes', '', '', '', '')));
    expect(items.map(({ unsafe }) => unsafe.text)).toEqual(['no', 'yes']);
  });

  it('counts rows as a spreadsheet program does', () => {
    const text = `${filled(row('no', '', '', '', 'two\nlines'))}\r\n,,,,\r\n${csvLine(added('Z01-F1', '9', '', ''))}`;
    expect(findingsOf(text).findings[0]?.turn.at).toBe('row 5, column turn');
  });

  it.each([';', '\t'])('reads cells that are parted by %j', (sign) => {
    const text = filled(row('yes', 'Z01-F1', '3', '', 'late')).replaceAll(',', sign);
    expect(findingsOf(text).findings).toMatchObject([{ turn: { text: '3' } }]);
  });

  it('gives back every comment as it was put', () => {
    const comment = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(comment, (text) => {
        const { items } = findingsOf(filled(row('no', '', '', '', text)));
        expect(items[0]?.comment.text).toBe(text);
      }),
    );
  });

  it('shows the words of a dialogue, and lets none run as a formula', () => {
    const turns = HOSTILE.map((text) => ({ role: 'patient' as const, text }));
    const item = { ...dialogue('K7Q2', turns), said: ['ada: yes'] };
    const text = writeCsv(safetySheet([item]))['.transcripts.csv'] ?? '';
    const [header, ...rows] = parse(text, { bom: true });
    expect(header).toEqual(['dialogue', 'turn', 'speaker', 'words', 'actions']);
    expect(rows.map((cells) => cells[2])).toEqual([
      'task',
      ...turns.map(() => 'patient'),
      'reviewers',
    ]);
    expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(rows.slice(1, -1).map((cells) => unguardCell(cells[3] ?? ''))).toEqual(
      HOSTILE.map(printable),
    );
  });

  it('has the pairs of a study of realism in one file', () => {
    const files = writeCsv(realismSheet([pair('AAAA', '=1+1')]));
    expect(Object.keys(files)).toEqual(['.labels.csv']);
    const text = (files['.labels.csv'] ?? '').replace(/,,,,\r\n$/, ',tie,4,2,close\r\n');
    expect(read(text)).toMatchObject({
      study: 'realism',
      pairs: [
        {
          code: { text: 'AAAA', at: 'row 2, column pair' },
          preferred: { text: 'tie' },
          ratings: { first: { text: '4' }, second: { text: '2' } },
          comment: { text: 'close' },
        },
      ],
    });
  });

  it.each([
    ['a file without a column', HEADER.replace(',turn', ''), 'no column turn'],
    ['an empty file', '', 'no column pack'],
    ['a column twice', HEADER.replace('turn', 'turn,turn'), 'column turn is there twice'],
    ['no rows', HEADER, 'no row says its pack'],
    ['an open quote', `${HEADER}"`, 'not valid CSV'],
    ['bytes of another encoding', Uint8Array.of(0x70, 0xe9), 'not in UTF-8'],
    [
      'another study',
      filled(['spring', 'other', 'ada', 'K7Q2']),
      'row 2, column study: "other" is no study',
    ],
    ['pairs under columns of dialogues', filled(['spring', 'realism', 'ada']), 'study realism'],
    [
      'rows of two reviewers',
      filled(row('no'), ['spring', 'safety', 'bob', 'M3RA']),
      'row 3, column reviewer: "bob"',
    ],
  ])('refuses %s, and says what to do', (_what, content, message) => {
    const error = refusal(content);
    expect(error.message).toContain(`spring.labels.csv`);
    expect(error.message).toContain(message);
    expect(error.mend).not.toBe('');
  });
});
