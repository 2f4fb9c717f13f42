import type ExcelJS from 'exceljs';
import type { ReviewSheet } from '../sheet.js';
import { cellText } from '../../cell-text.js';
import { KEY_COLUMNS } from './columns.js';
import { hashOfRows, rowsOfItem, rowsOfPair } from './shown-rows.js';

/** Stands in the key of every workbook of ours, and changes with its layout. */
export const FORMAT = 'matrix-sim review 1';

/** Where the codes begin, below the facts and the headings. */
const FIRST_CODE = 6;

/** The range from which a drop-down chooses a code. */
export function rangeOfCodes(codes: number): string {
  return `Key!$A$${FIRST_CODE}:$A$${FIRST_CODE + Math.max(0, codes - 1)}`;
}

/** Adds the sheet that nobody sees: whose workbook it is, and of each code what was shown. */
export function addKey(book: ExcelJS.Workbook, sheet: ReviewSheet): void {
  const page = book.addWorksheet('Key', { state: 'veryHidden' });
  page.addRows([
    ['Format', FORMAT],
    ['Study', sheet.study],
    ['Pack', cellText(sheet.pack)],
    ['Reviewer', cellText(sheet.reviewer)],
    [...KEY_COLUMNS],
    ...shownOf(sheet),
  ]);
  void page.protect('', {});
}

function shownOf(sheet: ReviewSheet): string[][] {
  return sheet.study === 'realism'
    ? sheet.items.map((item) => [item.code, item.transcript, hashOfRows(rowsOfPair(item))])
    : sheet.items.map((item) => [item.code, item.transcript, hashOfRows(rowsOfItem(item))]);
}
