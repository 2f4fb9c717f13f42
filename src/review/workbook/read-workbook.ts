import type ExcelJS from 'exceljs';
import type { FilledSheet } from '../sheet.js';
import { LABEL_COLUMNS, PAIR_COLUMNS, TRANSCRIPT_COLUMNS } from './columns.js';
import { openWorkbook } from './open-workbook.js';
import { readKey, type Key } from './read-key.js';
import { readLabels } from './read-labels.js';
import { readPairs } from './read-pairs.js';
import { readTable, type TableRow } from './read-table.js';
import { checkShown, type RowInPlace } from './shown-check.js';

/**
 * What came back in a workbook, with the place of each cell; nothing of it is checked but that the
 * words are those that were shown.
 * @throws MatrixError where the file is no workbook of ours, or a sheet or column of it is gone
 */
export async function readWorkbook(file: string): Promise<FilledSheet> {
  const book = await openWorkbook(file);
  const key = readKey(book, file);
  const { pack, reviewer, study } = key;
  if (study === 'realism') return { pack, reviewer, study, pairs: pairsOf(book, key, file) };
  return { pack, reviewer, study, ...labelsOf(book, key, file) };
}

function labelsOf(book: ExcelJS.Workbook, key: Key, file: string) {
  const transcripts = readTable(book, 'Transcripts', TRANSCRIPT_COLUMNS, file);
  const shown = transcripts
    .filter(({ cells }) => cells.Speaker.text !== '' || cells.Words.text !== '')
    .map(({ number, cells }) => ({
      code: cells.Dialogue.text,
      shown: [cells.Turn.text, cells.Speaker.text, cells.Words.text] as const,
      at: rowOf('Transcripts', number),
    }));
  const rows = readTable(book, 'Labels', LABEL_COLUMNS, file).map(trimmed);
  return readLabels(rows, key.codes, checkShown(key, shown, 'Transcripts'));
}

function pairsOf(book: ExcelJS.Workbook, key: Key, file: string) {
  const rows = readTable(book, 'Pairs', PAIR_COLUMNS, file);
  const shown = rows.map(({ number, cells }): RowInPlace => ({
    code: cells.Pair.text,
    shown: [cells['The agent said'].text, cells.First.text, cells.Second.text],
    at: rowOf('Pairs', number),
  }));
  return readPairs(rows.map(trimmed), checkShown(key, shown, 'Pairs'));
}

function rowOf(sheet: string, number: number): string {
  return `sheet ${sheet}, row ${number}`;
}

/** A space that somebody left in a cell is no answer. */
function trimmed<Heading extends string>(row: TableRow<Heading>): TableRow<Heading> {
  const cells = Object.entries<{ text: string; at: string }>(row.cells).map(([heading, cell]) => [
    heading,
    { ...cell, text: cell.text.trim() },
  ]);
  return { ...row, cells: Object.fromEntries(cells) as TableRow<Heading>['cells'] };
}
