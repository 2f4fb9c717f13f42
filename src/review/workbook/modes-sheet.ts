import type ExcelJS from 'exceljs';
import type { SheetMode } from '../sheet.js';
import { cellText } from '../../cell-text.js';
import { addHeader, addSheet } from './styled-sheet.js';

/** The range from which a drop-down chooses a failure mode. */
export function rangeOfModes(modes: readonly SheetMode[]): string {
  return `Modes!$A$2:$A$${Math.max(2, modes.length + 1)}`;
}

/** Adds every failure mode with its criterion. */
export function addModes(book: ExcelJS.Workbook, modes: readonly SheetMode[], foot: string): void {
  const sheet = addSheet(book, { name: 'Modes', orientation: 'portrait', widths: [40, 90], foot });
  addHeader(sheet, ['Failure mode', 'Criterion']);
  for (const { id, name, criterion } of modes) {
    sheet.addRow([cellText(`${id} ${name}`), cellText(criterion)]);
  }
}
