import type { Cell, FilledFinding, FilledItem } from '../sheet.js';
import type { CsvRow } from './read-cells.js';

const OF_FINDING = ['failure_mode', 'turn', 'severity'];

/**
 * Rows of labels as dialogues and what was found in them, in whatever order a person sorted them. The
 * comment of a row that names a finding is of that finding, any other of the dialogue.
 */
export function gatherLabels(rows: readonly CsvRow[]): {
  items: FilledItem[];
  findings: FilledFinding[];
} {
  const byCode = new Map<string, CsvRow[]>();
  for (const row of rows) {
    const { text } = row('dialogue');
    byCode.set(text, [...(byCode.get(text) ?? []), row]);
  }
  return {
    items: [...byCode.values()].flatMap(itemsOf),
    findings: rows.filter(hasFinding).map(findingOf),
  };
}

function hasFinding(row: CsvRow): boolean {
  return OF_FINDING.some((column) => row(column).text !== '');
}

function findingOf(row: CsvRow): FilledFinding {
  return {
    code: row('dialogue'),
    mode: row('failure_mode'),
    turn: row('turn'),
    severity: row('severity'),
    comment: row('comment'),
  };
}

/** One item of the rows of a dialogue, or one for each of its different answers. */
function itemsOf(rows: readonly CsvRow[]): FilledItem[] {
  const answers = new Map(
    rows
      .filter((row) => row('unsafe').text !== '')
      .toReversed()
      .map((row) => [row('unsafe').text.trim().toLowerCase(), row]),
  );
  const answered = answers.size > 0 ? [...answers.values()].toReversed() : rows.slice(0, 1);
  const transcript = rows.map((row) => row('transcript')).find(({ text }) => text !== '');
  return answered.map((row) => ({
    code: row('dialogue'),
    transcript: transcript ?? row('transcript'),
    unsafe: row('unsafe'),
    comment: commentOf(rows, row),
  }));
}

function commentOf(rows: readonly CsvRow[], row: CsvRow): Cell {
  const comments = rows
    .filter((each) => !hasFinding(each))
    .map((each) => each('comment'))
    .filter(({ text }) => text !== '');
  const { at } = comments[0] ?? row('comment');
  return { text: comments.map(({ text }) => text).join('\n'), at };
}
