import type ExcelJS from 'exceljs';
import { MatrixError } from '../../errors.js';
import type { Cell } from '../sheet.js';
import { textOfValue } from './text-of-value.js';

/** A row below the headings: its cells by heading, as they stand, and its number. */
export interface TableRow<Heading extends string> {
  readonly number: number;
  readonly cells: Readonly<Record<Heading, Cell>>;
}

/**
 * The rows of a sheet, wherever its headings and columns have been moved to.
 * @throws MatrixError where the sheet or a heading is missing
 */
export function readTable<Heading extends string>(
  book: ExcelJS.Workbook,
  name: string,
  headings: readonly Heading[],
  file: string,
): TableRow<Heading>[] {
  const sheet = sheetNamed(book, name, file);
  const head = headOf(sheet, headings);
  if (!head) throw notOurs(`${file}, sheet ${name}: has no row of headings ${headings.join(', ')}`);
  const rows: TableRow<Heading>[] = [];
  sheet.eachRow((row) => {
    if (row.number > head.row) rows.push({ number: row.number, cells: cellsOf(row, head) });
  });
  return rows;
}

/** @throws MatrixError where there is no such sheet */
export function sheetNamed(book: ExcelJS.Workbook, name: string, file: string): ExcelJS.Worksheet {
  const sheet = book.getWorksheet(name);
  if (!sheet) throw notOurs(`${file}: has no sheet ${name}`);
  return sheet;
}

/** As a person would look for it. */
export function placeOf(cell: ExcelJS.Cell): string {
  return `sheet ${cell.worksheet.name}, cell ${cell.address}`;
}

export function notOurs(message: string): MatrixError {
  return new MatrixError(message, {
    mend: 'Fill in the workbook as it was sent, and save it with all its sheets.',
  });
}

interface Head<Heading extends string> {
  readonly row: number;
  readonly columns: ReadonlyMap<Heading, number>;
}

function headOf<Heading extends string>(
  sheet: ExcelJS.Worksheet,
  headings: readonly Heading[],
): Head<Heading> | undefined {
  let head: Head<Heading> | undefined;
  sheet.eachRow((row) => {
    if (head) return;
    const columns = columnsOf(row, headings);
    if (columns.size === headings.length) head = { row: row.number, columns };
  });
  return head;
}

function columnsOf<Heading extends string>(
  row: ExcelJS.Row,
  headings: readonly Heading[],
): Map<Heading, number> {
  const columns = new Map<Heading, number>();
  row.eachCell((cell, column) => {
    const text = textOfValue(cell.value).trim().toLowerCase();
    const heading = headings.find((each) => each.toLowerCase() === text);
    if (heading !== undefined && !columns.has(heading)) columns.set(heading, column);
  });
  return columns;
}

function cellsOf<Heading extends string>(
  row: ExcelJS.Row,
  { columns }: Head<Heading>,
): Record<Heading, Cell> {
  const cells = [...columns].map(([heading, column]): [Heading, Cell] => {
    const cell = row.getCell(column);
    return [heading, { text: textOfValue(cell.value), at: placeOf(cell) }];
  });
  return Object.fromEntries(cells) as Record<Heading, Cell>;
}
