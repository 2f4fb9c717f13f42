import { guardCell } from './formula-cells.js';

export type CsvCell = string | number | boolean | null;

/** A line of CSV (RFC 4180). Texts that a spreadsheet would run as formulas are guarded. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = guardCell(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
