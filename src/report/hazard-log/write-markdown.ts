import { markdownText } from '../markdown-text.js';
import type { Sheet, SheetCell } from './sheet.js';

/** Tables as Markdown: two columns as a table, wider ones as a list an item, since no page is so wide. */
export function markdownOf(sheets: readonly Sheet[]): string {
  const parts = sheets.map((sheet) =>
    [`## ${sheet.name}`, '', ...(isNarrow(sheet) ? asTable(sheet) : asLists(sheet))].join('\n'),
  );
  return `# Hazard log\n\n${parts.join('\n\n')}\n`;
}

const NARROW = 10;

function isNarrow({ columns }: Sheet): boolean {
  return columns.length <= NARROW;
}

function asTable({ columns, rows }: Sheet): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => markdownText(title))),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(row.map(cellText))),
  ];
}

function asLists({ columns, rows }: Sheet): string[] {
  return rows.flatMap((row) => [
    `### ${markdownText(row.slice(0, 2).join(' '))}`,
    '',
    ...columns.map(({ title }, at) => `- **${markdownText(title)}**: ${cellText(row[at] ?? '')}`),
    '',
  ]);
}

function cellText(cell: SheetCell): string {
  return typeof cell === 'number' ? String(cell) : markdownText(cell);
}
