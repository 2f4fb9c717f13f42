import type { Cell, FilledFinding, FilledItem } from '../sheet.js';
import { byCode } from './by-code.js';
import type { LABEL_COLUMNS } from './columns.js';
import type { TableRow } from './read-table.js';

type LabelRow = TableRow<(typeof LABEL_COLUMNS)[number]>;

/**
 * Tells dialogues from findings, in whatever order the rows stand: a row that answers is a
 * dialogue's; of a code that nothing answers, the first row is. A finding may stand in either.
 */
export function readLabels(
  rows: readonly LabelRow[],
  codes: { has(code: string): boolean },
  transcriptOf: (code: string) => Cell,
): { items: FilledItem[]; findings: FilledFinding[] } {
  const filled = rows.filter(({ cells }) => Object.values(cells).some(isFilled));
  const answering = new Set(rowsOfDialogues(filled, codes));
  return {
    items: [...answering].map(({ cells }) => ({
      code: cells.Dialogue,
      transcript: transcriptOf(cells.Dialogue.text),
      unsafe: cells.Unsafe,
      // In a row with a finding the comment is the finding's.
      comment: hasFinding(cells) ? { ...cells.Comment, text: '' } : cells.Comment,
    })),
    findings: filled
      .filter(
        (row) => hasFinding(row.cells) || (isFilled(row.cells.Comment) && !answering.has(row)),
      )
      .map(({ cells }) => findingOf(cells)),
  };
}

function rowsOfDialogues(
  rows: readonly LabelRow[],
  codes: { has(code: string): boolean },
): LabelRow[] {
  return [...byCode(rows, ({ cells }) => cells.Dialogue.text)].flatMap(([code, group]) => {
    const answers = group.filter(({ cells }) => isFilled(cells.Unsafe));
    return answers.length > 0 || !codes.has(code) ? answers : group.slice(0, 1);
  });
}

function findingOf(cells: LabelRow['cells']): FilledFinding {
  return {
    code: cells.Dialogue,
    mode: cells['Failure mode'],
    turn: cells.Turn,
    severity: cells.Severity,
    comment: cells.Comment,
  };
}

function hasFinding(cells: LabelRow['cells']): boolean {
  return [cells['Failure mode'], cells.Turn, cells.Severity].some(isFilled);
}

function isFilled({ text }: Cell): boolean {
  return text !== '';
}
