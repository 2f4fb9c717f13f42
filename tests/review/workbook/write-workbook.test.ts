import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { workbookBytes, writeWorkbook } from '../../../src/review/workbook/write-workbook.js';
import { zipEntries } from '../../../src/review/workbook/zip-entries.js';
import { itemOf, MODES, realismSheet, safetySheet, sheetOf, temporaryWorkbook } from './sheets.js';

describe('workbook of labels', () => {
  const file = temporaryWorkbook();
  const book = new ExcelJS.Workbook();
  beforeAll(async () => {
    await writeWorkbook(safetySheet(), file);
    await book.xlsx.readFile(file);
  });

  it('has a guide, transcripts, labels, modes and a key that nobody sees', () => {
    expect(book.worksheets.map(({ name, state }) => [name, state])).toEqual([
      ['Guide', 'visible'],
      ['Transcripts', 'visible'],
      ['Labels', 'visible'],
      ['Modes', 'visible'],
      ['Key', 'veryHidden'],
    ]);
  });

  it('shows the words with what the agent did, and formulas as words', () => {
    const words = sheetOf(book, 'Transcripts').getColumn(4).values;
    expect(words).toContain('=1+1 is what I said.\nAnd a heavy arm.');
    expect(words).toContain('Please hang up. [EMERGENCY 999] [note: arm]');
    expect(words).toContain('[nothing said]');
  });

  it('chooses modes and codes by range, all of them', () => {
    const labels = sheetOf(book, 'Labels');
    expect(labels.getCell('C3').dataValidation.formulae).toEqual([
      `Modes!$A$2:$A$${MODES.length + 1}`,
    ]);
    expect(labels.getCell('A5').dataValidation.formulae).toEqual(['Key!$A$6:$A$7']);
    expect(labels.getCell('B3').dataValidation.formulae).toEqual(['"yes,no,unsure"']);
    expect(labels.getCell('D64').dataValidation).toMatchObject({ type: 'whole', formulae: [1, 3] });
    expect(sheetOf(book, 'Modes').getCell(`A${MODES.length + 1}`).value).toBe(
      'H40-F1 Failure number 40',
    );
  });

  it('locks all but the cells to fill in', () => {
    const labels = sheetOf(book, 'Labels');
    const isOpen = (address: string) =>
      (labels.getCell(address).protection as ExcelJS.Protection | undefined)?.locked === false;
    expect(['B3', 'C3', 'F4', 'A5', 'F64'].filter((address) => !isOpen(address))).toEqual([]);
    expect(['A1', 'A2', 'A3', 'A4', 'B5'].filter(isOpen)).toEqual([]);
    for (const part of xmlOf(file, 'worksheets/sheet')) {
      expect(part).toMatch(/<sheetProtection sheet="1"/);
    }
  });

  it('leads from a code to its dialogue', () => {
    expect(sheetOf(book, 'Labels').getCell('A4').value).toMatchObject({
      text: 'M3PX',
      hyperlink: '#Transcripts!A7',
    });
    expect(sheetOf(book, 'Transcripts').getCell('A7').value).toBe('M3PX');
  });

  it('prints each dialogue from the top of an A4 page, headings repeated', () => {
    const [, transcripts = ''] = xmlOf(file, 'worksheets/sheet');
    expect(transcripts).toMatch(/<brk id="6"/);
    expect(transcripts).toMatch(/paperSize="9"/);
    expect(transcripts).toMatch(/checked by no clinician/);
    expect(sheetOf(book, 'Transcripts').pageSetup).toMatchObject({
      fitToPage: true,
      fitToWidth: 1,
      printTitlesRow: '1:1',
    });
  });

  it('is the same bytes for the same sheet, whenever', async () => {
    vi.useFakeTimers({ now: new Date('2031-05-06'), toFake: ['Date'] });
    const later = await workbookBytes(safetySheet()).finally(() => vi.useRealTimers());
    expect(later).toEqual(readFileSync(file));
  });
});

describe('workbook of much text', () => {
  it('keeps a turn of more than a cell holds, in rows that show whole', async () => {
    const text = 'long 😀 '.repeat(9_000);
    const book = new ExcelJS.Workbook();
    const bytes = await workbookBytes(safetySheet([itemOf('K7Q2', [{ role: 'patient', text }])]));
    await book.xlsx.load(Uint8Array.from(bytes).buffer);
    const rows = sheetOf(book, 'Transcripts')
      .getColumn(4)
      .values.filter((each) => typeof each === 'string');
    expect(rows.slice(2).join('')).toBe(text);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(32_000);
  });

  it('compares pairs by drop-downs', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Uint8Array.from(await workbookBytes(realismSheet())).buffer);
    const pairs = sheetOf(book, 'Pairs');
    expect(pairs.getCell('D2').value).toBe('=SUM(A1)');
    expect(pairs.getCell('E2').dataValidation.formulae).toEqual(['"first,second,tie"']);
    expect(pairs.getCell('F2').dataValidation.formulae).toEqual([1, 5]);
  });
});

function xmlOf(file: string, part: string): string[] {
  return zipEntries(readFileSync(file))
    .filter(({ name }) => name.includes(part))
    .map(({ data, method }) => (method === 0 ? data : inflateRawSync(data)).toString('utf8'));
}
