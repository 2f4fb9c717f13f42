import type ExcelJS from 'exceljs';
import { SEVERITIES } from '../../taxonomy/severity.js';
import type { SafetySheet } from '../sheet.js';
import { LABEL_COLUMNS } from './columns.js';
import { rangeOfCodes } from './key-sheet.js';
import { rangeOfModes } from './modes-sheet.js';
import { addHeader, addSheet, oneOf, open, wholeNumber } from './styled-sheet.js';

/** Rows for what was found, for each dialogue and at least; whoever needs more inserts them. */
const ROWS_A_DIALOGUE = 6;
const LEAST_ROWS = 60;

/**
 * Adds the one table to fill in: a row a dialogue, then rows for what was found.
 * @param places row on the sheet Transcripts by code
 */
export function addLabels(
  book: ExcelJS.Workbook,
  { items, modes }: SafetySheet,
  places: ReadonlyMap<string, number>,
  foot: string,
): void {
  const sheet = addSheet(book, {
    name: 'Labels',
    orientation: 'landscape',
    widths: [12, 10, 42, 8, 16, 60],
    foot,
  });
  addCount(sheet, items.length);
  addHeader(sheet, LABEL_COLUMNS);
  const longest = Math.max(1, ...items.flatMap(({ turns }) => turns.map(({ number }) => number)));
  const openFinding = (row: ExcelJS.Row) => {
    open(row.getCell(3), oneOf(rangeOfModes(modes)));
    open(row.getCell(4), wholeNumber(1, longest));
    open(row.getCell(5), oneOf(`"${SEVERITIES.join(',')}"`));
    open(row.getCell(6));
  };
  for (const { code } of items) {
    const row = sheet.addRow([linkTo(code, places.get(code) ?? 1)]);
    row.getCell(1).font = { color: { argb: 'FF0563C1' }, underline: true };
    open(row.getCell(2), oneOf('"yes,no,unsure"'));
    openFinding(row);
  }
  for (let left = Math.max(LEAST_ROWS, items.length * ROWS_A_DIALOGUE); left > 0; left -= 1) {
    const row = sheet.getRow(sheet.rowCount + 1);
    open(row.getCell(1), oneOf(rangeOfCodes(items.length)));
    openFinding(row);
  }
}

function addCount(sheet: ExcelJS.Worksheet, items: number): void {
  const answers = `B3:B${Math.max(3, items + 2)}`;
  sheet.addRow([
    'Answered',
    { formula: `COUNTA(${answers})&" of ${items}"`, result: `0 of ${items}` },
  ]);
}

function linkTo(code: string, row: number): ExcelJS.CellHyperlinkValue {
  return { text: code, hyperlink: `#Transcripts!A${row}` };
}
