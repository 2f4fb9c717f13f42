import { guardCell } from '../../labelled/formula-cells.js';
import { xmlText } from '../../cell-text.js';
import type { Sheet, SheetCell } from './sheet.js';

/** A table as CSV (RFC 4180), with texts guarded that a spreadsheet would run as formulas. */
export function csvOf({ columns, rows }: Sheet): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(cell: SheetCell): string {
  if (typeof cell === 'number') return String(cell);
  const text = guardCell(xmlText(cell));
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
