import type { Cell, FilledPair } from '../sheet.js';
import { byCode } from './by-code.js';
import type { PAIR_COLUMNS } from './columns.js';
import type { TableRow } from './read-table.js';

type PairRow = TableRow<(typeof PAIR_COLUMNS)[number]>;

/** The answers of pairs: rows that hold one, or the first of a code that has none. */
export function readPairs(
  rows: readonly PairRow[],
  transcriptOf: (code: string) => Cell,
): FilledPair[] {
  return [...byCode(rows, ({ cells }) => cells.Pair.text)].flatMap(([code, group]) => {
    const answers = group.filter(hasAnswer);
    const first = code === '' ? [] : group.slice(0, 1);
    return (answers.length > 0 ? answers : first).map(({ cells }) => pairOf(cells, transcriptOf));
  });
}

function pairOf(cells: PairRow['cells'], transcriptOf: (code: string) => Cell): FilledPair {
  return {
    code: cells.Pair,
    transcript: transcriptOf(cells.Pair.text),
    preferred: cells.Preferred,
    ratings: { first: cells['First, 1 to 5'], second: cells['Second, 1 to 5'] },
    comment: cells.Comment,
  };
}

function hasAnswer({ cells }: PairRow): boolean {
  return [cells.Preferred, cells['First, 1 to 5'], cells['Second, 1 to 5'], cells.Comment].some(
    ({ text }) => text !== '',
  );
}
