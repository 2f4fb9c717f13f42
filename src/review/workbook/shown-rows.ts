import { canonicalJson, sha256 } from '../../evidence/canonical-json.js';
import type { NumberedTurn } from '../../transcript/transcript.js';
import type { PairItem, SheetItem } from '../sheet.js';
import { showActions } from '../show-actions.js';
import { cellText } from '../../cell-text.js';
import { piecesOf } from './pieces.js';

/** A row of a transcript as it stands on its sheet: the turn's number, who speaks, and the words. */
export type ShownRow = readonly [turn: string, speaker: string, words: string];

/** What a reviewer sees of a dialogue, row by row. */
export function rowsOfItem({ task, turns, said }: SheetItem): ShownRow[] {
  return [
    ...blockOf('', 'Task', task),
    ...turns.flatMap((turn) => blockOf(String(turn.number), SPEAKERS[turn.role], [wordsOf(turn)])),
    ...blockOf('', 'Said', said),
  ];
}

/** What a reviewer sees of a pair: what the agent said, the first answer, the second. */
export function rowsOfPair({ before, first, second }: PairItem): ShownRow[] {
  const columns = [before, first, second].map((text) => piecesOf(cellText(text)));
  const height = Math.max(...columns.map((pieces) => pieces.length));
  return Array.from({ length: height }, (_, index): ShownRow => {
    const [one = '', two = '', three = ''] = columns.map((pieces) => pieces[index] ?? '');
    return [one, two, three];
  });
}

/** SHA-256 of rows as they are read from a sheet, in whatever order somebody has sorted them. */
export function hashOfRows(rows: readonly ShownRow[]): string {
  return sha256(canonicalJson(rows.map((row) => canonicalJson(row)).sort()));
}

const SPEAKERS = { agent: 'Agent', patient: 'Patient' } as const;

function blockOf(turn: string, speaker: string, texts: readonly string[]): ShownRow[] {
  const pieces = texts.flatMap((text) => piecesOf(cellText(text)));
  const place = (index: number) => (pieces.length > 1 ? ` (${index + 1} of ${pieces.length})` : '');
  return pieces.map((piece, index) => [turn, `${speaker}${place(index)}`, piece]);
}

function wordsOf(turn: NumberedTurn): string {
  const words = [turn.text, showActions(turn)].filter((part) => part !== '').join(' ');
  return words === '' ? '[nothing said]' : words;
}
