import type ExcelJS from 'exceljs';
import { z } from 'zod';
import type { Cell, ReviewSheet } from '../sheet.js';
import { textOfCell } from '../../cell-text.js';
import { KEY_COLUMNS } from './columns.js';
import { FORMAT } from './key-sheet.js';
import { notOurs, placeOf, readTable, sheetNamed } from './read-table.js';
import { textOfValue } from './text-of-value.js';

/** What a workbook says of itself on the sheet that nobody sees. */
export interface Key {
  readonly study: ReviewSheet['study'];
  readonly pack: Cell;
  readonly reviewer: Cell;
  readonly codes: ReadonlyMap<string, KeyEntry>;
}

export interface KeyEntry {
  /** Hash of the transcript, as it was exported. */
  readonly transcript: Cell;
  /** Hash of the rows that were shown. */
  readonly shown: string;
}

const studySchema = z.enum(['safety', 'adjudication', 'realism']);

/** @throws MatrixError where there is no key, or one of another format */
export function readKey(book: ExcelJS.Workbook, file: string): Key {
  const sheet = sheetNamed(book, 'Key', file);
  const fact = (address: string): Cell => {
    const cell = sheet.getCell(address);
    return { text: textOfCell(textOfValue(cell.value)), at: placeOf(cell) };
  };
  const study = studySchema.safeParse(fact('B2').text);
  if (fact('B1').text !== FORMAT || !study.success) {
    throw notOurs(`${file}, sheet Key: is not that of a review workbook of this version`);
  }
  const rows = readTable(book, 'Key', KEY_COLUMNS, file);
  const codes = rows.map(({ cells }): [string, KeyEntry] => [
    cells.Code.text,
    { transcript: cells.Transcript, shown: cells.Shown.text },
  ]);
  return { study: study.data, pack: fact('B3'), reviewer: fact('B4'), codes: new Map(codes) };
}
