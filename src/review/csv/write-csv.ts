import { csvLine, type CsvCell } from '../../labelled/csv-line.js';
import { printable } from '../../printable.js';
import { showActions } from '../show-actions.js';
import type { RealismSheet, ReviewSheet, SafetySheet, SheetItem } from '../sheet.js';
import { LABEL_COLUMNS, PAIR_COLUMNS } from './columns.js';

/** Files of a sheet: the text of each by what its name ends on. */
export type CsvFiles = Readonly<Record<string, string>>;

/** By this mark at its beginning a spreadsheet program knows a file as UTF-8. */
const BOM = '\uFEFF';

/**
 * A sheet as CSV: what is to be read in `.transcripts.csv` and what is to be filled in `.labels.csv`;
 * of a study of realism both stand in the one file `.labels.csv`.
 */
export function writeCsv(sheet: ReviewSheet): CsvFiles {
  if (sheet.study === 'realism') return { '.labels.csv': pairsOf(sheet) };
  return { '.transcripts.csv': transcriptsOf(sheet), '.labels.csv': labelsOf(sheet) };
}

function fileOf(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return BOM + [header, ...rows].map(csvLine).join('');
}

function labelsOf({ pack, study, reviewer, items }: SafetySheet): string {
  const rows = items.map(({ code, transcript }) => [pack, study, reviewer, code, transcript]);
  return fileOf(LABEL_COLUMNS, rows.map(filledUpTo(LABEL_COLUMNS.length)));
}

function pairsOf({ pack, study, reviewer, items }: RealismSheet): string {
  const rows = items.map(({ code, transcript, before, first, second }) => [
    ...[pack, study, reviewer, code, transcript],
    ...[before, first, second].map(printable),
  ]);
  return fileOf(PAIR_COLUMNS, rows.map(filledUpTo(PAIR_COLUMNS.length)));
}

function filledUpTo(length: number): (cells: readonly string[]) => string[] {
  return (cells) => Array.from({ length }, (_, index) => cells[index] ?? '');
}

function transcriptsOf({ items }: SafetySheet): string {
  return fileOf(['dialogue', 'turn', 'speaker', 'words', 'actions'], items.flatMap(linesOf));
}

/** The task before the turns, and what reviewers said after them, each under a speaker of its own. */
function linesOf({ code, task, turns, said }: SheetItem): CsvCell[][] {
  const beside = (speaker: string) => (line: string) => [code, '', speaker, printable(line), ''];
  return [
    ...task.map(beside('task')),
    ...turns.map((turn) => [
      ...[code, turn.number, turn.role],
      ...[turn.text, showActions(turn)].map(printable),
    ]),
    ...said.map(beside('reviewers')),
  ];
}
