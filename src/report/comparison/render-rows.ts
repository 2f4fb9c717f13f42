import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { span, type Line } from '../line.js';
import { CROSS_CUTTING, type Comparison, type RowComparison } from './compare-sides.js';
import { HARD_NEGATIVES } from './observation.js';
import { EMPHASIS, pOf, signed } from './words.js';

const NAME = 23;
const COUNT = 6;
const DIFFERENCE = 17;
const CONCLUSION = 12;
const WIDTH = NAME + 5 * COUNT - 2 + DIFFERENCE + CONCLUSION;

/** A line a row: pairs by which side failed, those not decided, the difference in points, and what it comes to. */
export function renderRows({ rows, all }: Comparison, taxonomy: Taxonomy, columns: number): Line[] {
  const named = rows.map((row) => ({ ...row, name: titleOf(row.row, taxonomy) }));
  const total = { ...all, name: 'All modes, all calls' };
  if (columns < WIDTH) return [...named, total].flatMap(asList);
  return [
    'Pairs in which both, A alone, B alone or neither failed; open: not decided.',
    headLine(),
    ...named.map(rowLine),
    [span('─'.repeat(WIDTH), 'faint')],
    rowLine(total),
    ...named.filter(({ conclusion }) => conclusion === 'worse').map(worseLine),
  ];
}

type NamedRow = RowComparison & { readonly name: string };

function headLine(): Line {
  const counts = ['both', 'A', 'B', 'none', 'open'].map((word) => word.padStart(COUNT));
  counts[0] = (counts[0] ?? '').slice(2);
  return `${''.padEnd(NAME)}${counts.join('')}${'B−A [95 %]'.padStart(DIFFERENCE)}`;
}

function rowLine(row: NamedRow): Line {
  const { counts, conclusion, name } = row;
  const { both, onlyFirst, onlySecond, neither } = counts;
  return [
    fit(name, NAME),
    String(both).padStart(COUNT - 2),
    ...[onlyFirst, onlySecond, neither, openIn(row)].map((count) => String(count).padStart(COUNT)),
    differenceOf(row).padStart(DIFFERENCE),
    span(conclusion.padStart(CONCLUSION), EMPHASIS[conclusion]),
  ];
}

function worseLine({ name, adjustedP }: NamedRow): Line {
  return [span(`${name}: worse`, 'bad'), `, ${pOf(adjustedP)} by Holm over the rows.`];
}

function asList(row: NamedRow): Line[] {
  const { both, onlyFirst, onlySecond, neither } = row.counts;
  return [
    [span(row.name, 'strong'), ': ', span(row.conclusion, EMPHASIS[row.conclusion])],
    `  both ${both}, A ${onlyFirst}, B ${onlySecond}, none ${neither}, open ${openIn(row)}`,
    `  B−A ${differenceOf(row)}`,
  ];
}

function openIn({ undecided }: RowComparison): number {
  return Object.values(undecided).reduce((sum, count) => sum + count, 0);
}

/** "+10 [−5 +30]". */
function differenceOf({ difference, interval }: RowComparison): string {
  return difference === null
    ? '–'
    : `${signed(difference)} [${signed(interval.low)} ${signed(interval.high)}]`;
}

function titleOf(row: string, taxonomy: Taxonomy): string {
  const name = taxonomy.hazards.find(({ id }) => id === row)?.name;
  return name === undefined ? (OTHER_ROWS[row] ?? row) : `${row} ${name}`;
}

const OTHER_ROWS: Readonly<Record<string, string>> = {
  [HARD_NEGATIVES]: 'Hard negatives',
  [CROSS_CUTTING]: 'In any call, X modes',
  none: 'no hazard found',
};

function fit(text: string, width: number): string {
  return text.length < width ? text.padEnd(width) : `${text.slice(0, width - 2)}… `;
}
