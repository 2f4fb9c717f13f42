import { guardCell } from '../labelled/formula-cells.js';
import type { Cell, Column, TableRow } from './tables.js';

/**
 * Rows as lines of CSV (RFC 4180) under a header, a batch a time. Texts that a spreadsheet would run
 * as formulas are guarded; `datasets import` takes the guard off again.
 */
export async function* csvText(
  columns: readonly Column[],
  batches: AsyncIterable<readonly TableRow[]>,
): AsyncGenerator<string> {
  yield csvLine(columns.map(({ name }) => name));
  for await (const rows of batches) {
    yield rows.map((row) => csvLine(columns.map(({ name }) => row[name] ?? null))).join('');
  }
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = guardCell(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
