import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../src/review/workbook/read-workbook.js';
import { writeWorkbook } from '../../src/review/workbook/write-workbook.js';
import {
  fillWorkbook,
  hasSoffice,
  resaveWorkbook,
  type TypedCell,
} from '../review/fill-workbook.js';
import { hostileText } from '../review/workbook/hostile-text.js';
import {
  itemOf,
  ITEMS,
  realismSheet,
  safetySheet,
  sheetOf,
  temporaryWorkbook,
} from '../review/workbook/sheets.js';

if (!hasSoffice) console.warn('LibreOffice (soffice) is not here: its tests are skipped.');

const type = (cells: Readonly<Record<string, string>>): TypedCell[] =>
  Object.entries(cells).map(([cell, text]) => ({ sheet: 'Labels', cell, text }));

describe.skipIf(!hasSoffice)('workbook in LibreOffice', () => {
  it('reads the same after it was saved anew, whatever the words', async () => {
    const file = temporaryWorkbook();
    const texts = fc.sample(hostileText, { numRuns: 300, seed: 7 });
    const item = itemOf(
      'H0ST',
      texts.map((text) => ({ role: 'agent', text })),
    );
    await writeWorkbook(safetySheet([...ITEMS, item]), file);
    const saved = resaveWorkbook(file);
    expect(readFileSync(saved)).not.toEqual(readFileSync(file));
    const [before, after] = [await readWorkbook(file), await readWorkbook(saved)];
    expect(after).toEqual(before);
    expect(JSON.stringify(after)).toContain(item.transcript);
  });

  it('gives back what is typed, and keeps drop-downs, locks, frozen headings and the count', async () => {
    const file = temporaryWorkbook();
    await writeWorkbook(safetySheet(), file);
    const mode = 'H01-F1 Failure number 1';
    const comment = '_x0041_ é\ntwo lines';
    fillWorkbook(file, type({ B3: 'yes', A5: 'K7Q2', C5: mode, D5: '3', F5: comment }));
    expect(await readWorkbook(file)).toMatchObject({
      items: [{ unsafe: { text: 'yes' } }, { unsafe: { text: '' } }],
      findings: [{ mode: { text: mode }, turn: { text: '3' }, comment: { text: comment } }],
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    const labels = sheetOf(book, 'Labels');
    const listOf = (cell: string) => labels.getCell(cell).dataValidation.formulae[0] as unknown;
    expect(['A5', 'B4', 'C5'].map(listOf)).toEqual([
      'Key!$A$6:$A$7',
      '"yes,no,unsure"',
      'Modes!$A$2:$A$41',
    ]);
    expect(labels.getCell('B1').value).toMatchObject({ result: '1 of 2' });
    expect(labels.views[0]).toMatchObject({ state: 'frozen', ySplit: 2 });
    expect(sheetOf(book, 'Key').state).not.toBe('visible');
    expect(() => fillWorkbook(file, type({ A3: 'XXXX', B5: 'no' }))).toThrow(/A3 is locked.*B5 is/);
  });

  it('gives back the answers to pairs', async () => {
    const file = temporaryWorkbook();
    await writeWorkbook(realismSheet(), file);
    fillWorkbook(file, [{ sheet: 'Pairs', cell: 'E2', text: 'tie' }]);
    expect(await readWorkbook(file)).toMatchObject({
      pairs: [
        { preferred: { text: 'tie' }, transcript: { text: realismSheet().items[0]?.transcript } },
      ],
    });
  });
});
