import { csvLine } from '../labelled/csv-line.js';
import type { Column, TableRow } from './tables.js';

/**
 * Rows as lines of CSV under a header, a batch a time. Texts that a spreadsheet would run as formulas
 * are guarded; `datasets import` takes the guard off again.
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
