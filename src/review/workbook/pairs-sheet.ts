import type ExcelJS from 'exceljs';
import type { PairItem } from '../sheet.js';
import { PAIR_COLUMNS } from './columns.js';
import { rowsOfPair } from './shown-rows.js';
import { addHeader, addSheet, oneOf, open, wholeNumber } from './styled-sheet.js';

/** Adds the pairs to compare, a row each; what a row cannot show goes on in rows below, locked. */
export function addPairs(book: ExcelJS.Workbook, items: readonly PairItem[], foot: string): void {
  const sheet = addSheet(book, {
    name: 'Pairs',
    orientation: 'landscape',
    widths: [10, 45, 45, 45, 12, 10, 10, 40],
    foot,
  });
  addHeader(sheet, PAIR_COLUMNS);
  for (const item of items) {
    rowsOfPair(item).forEach((shown, index) => {
      const row = sheet.addRow([item.code, ...shown]);
      if (index === 0) openAnswer(row);
    });
  }
}

function openAnswer(row: ExcelJS.Row): void {
  open(row.getCell(5), oneOf('"first,second,tie"'));
  open(row.getCell(6), wholeNumber(1, 5));
  open(row.getCell(7), wholeNumber(1, 5));
  open(row.getCell(8));
}
