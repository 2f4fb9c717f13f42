import type ExcelJS from 'exceljs';
import type { SheetItem } from '../sheet.js';
import { TRANSCRIPT_COLUMNS } from './columns.js';
import { rowsOfItem } from './shown-rows.js';
import { addHeader, addSheet, emphasise } from './styled-sheet.js';

/**
 * Adds the dialogues, each from the top of a page.
 * @returns the row where each code begins
 */
export function addTranscripts(
  book: ExcelJS.Workbook,
  items: readonly SheetItem[],
  foot: string,
): Map<string, number> {
  const sheet = addSheet(book, {
    name: 'Transcripts',
    orientation: 'portrait',
    widths: [11, 6, 16, 80],
    foot,
  });
  addHeader(sheet, TRANSCRIPT_COLUMNS);
  return new Map(items.map((item) => [item.code, addItem(sheet, item)]));
}

function addItem(sheet: ExcelJS.Worksheet, item: SheetItem): number {
  // A break stands after the row before; the first dialogue follows the headings.
  if (sheet.rowCount > 1) sheet.getRow(sheet.rowCount).addPageBreak();
  const heading = sheet.addRow([item.code]);
  emphasise(heading, TRANSCRIPT_COLUMNS.length);
  for (const [turn, speaker, words] of rowsOfItem(item)) {
    sheet.addRow([item.code, turn === '' ? null : Number(turn), speaker, words]);
  }
  return heading.number;
}
