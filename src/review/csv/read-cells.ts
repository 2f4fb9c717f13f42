import { CsvError, parse } from 'csv-parse/sync';
import { MatrixError } from '../../errors.js';
import { unguardCell } from '../../labelled/formula-cells.js';
import type { Cell } from '../sheet.js';

/** The cells of a row by their column, with their place; empty where the row ends before. */
export type CsvRow = (column: string) => Cell;

/**
 * The cells of a file as a spreadsheet program saved it: with commas, semicolons or tabs. Rows of
 * nothing are left out, and counted as that program counts them.
 * @throws MatrixError where it is no CSV, or not in UTF-8
 */
export function readCells(
  content: Uint8Array,
  file: string,
): { header: readonly string[]; rows: readonly CsvRow[] } {
  const [header = [], ...records] = parseCells(decode(content, file), file);
  const names = header.map((name) => name.trim().toLowerCase());
  const numbered = records.map((cells, index) => ({ cells, number: index + 2 }));
  const filled = numbered.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  return { header: names, rows: filled.map(({ cells, number }) => rowOf(names, cells, number)) };
}

function rowOf(names: readonly string[], cells: readonly string[], number: number): CsvRow {
  return (column) => ({
    text: cells[names.indexOf(column)] ?? '',
    at: `row ${number}, column ${column}`,
  });
}

function decode(content: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (cause) {
    throw new MatrixError(`${file}: not in UTF-8`, {
      mend: 'Save it as "CSV UTF-8", which spreadsheet programs offer beside CSV.',
      cause,
    });
  }
}

function parseCells(text: string, file: string): string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
    }).map((cells) => cells.map(unguardCell));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new MatrixError(`${file}: not valid CSV: ${cause.message}`, {
      mend: 'Open it in a spreadsheet program and save it as "CSV UTF-8".',
      cause,
    });
  }
}

/** A header of ours has only names, so that the first sign between them tells what parts the cells. */
function delimiterOf(text: string): string {
  return /[,;\t]/.exec(text)?.[0] ?? ',';
}
