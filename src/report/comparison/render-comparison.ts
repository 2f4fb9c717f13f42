import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { span, wrapped, type Line } from '../line.js';
import { DRAFT_NOTICE } from '../render-head.js';
import { percentRange } from '../text-table.js';
import type { Comparison, RowComparison } from './compare-sides.js';
import type { ComparisonReport } from './compare-stored.js';
import type { Move } from './list-moves.js';
import { OBSTACLES } from './pair-dialogues.js';
import { renderRows } from './render-rows.js';
import { bounds, EMPHASIS, nameOf, points, pOf, signed, wordsOf } from './words.js';

/** Dialogues of a list that are printed; all of them stand in the JSON. */
const MOST_LISTED = 10;

interface Page {
  readonly margin: number;
  readonly taxonomy: Taxonomy;
  readonly columns: number;
  /** The store, as a command needs it. */
  readonly where: string;
}

/**
 * What a comparison came to: the conclusion in words and the counts on which it rests, rows by hazard,
 * then the dialogues that got worse and better, each with the command that shows it.
 */
export function renderComparison(
  { margin, judging, notes, comparisons }: ComparisonReport,
  page: Omit<Page, 'margin'>,
): Line[] {
  const judge = `judge: ${judging.jurors.join(', ')} (${judging.id})`;
  return [
    ...[judge, DRAFT_NOTICE, ...notes].flatMap((line) => wrapped(line, page.columns)),
    ...comparisons.flatMap((each) => ['', ...renderOne(each, { ...page, margin })]),
  ];
}

function renderOne(comparison: Comparison, page: Page): Line[] {
  const { first, second, all } = comparison;
  const { margin, columns, taxonomy, where } = page;
  return [
    `A  ${nameOf(first)}`,
    `B  ${nameOf(second)}`,
    '',
    [span(`B against A: ${wordsOf(all.conclusion, margin)}`, EMPHASIS[all.conclusion])],
    ...reasonsFor(comparison, margin).flatMap((line) =>
      wrapped(line, columns - 2).map((part) => `  ${part}`),
    ),
    '',
    ...renderRows(comparison, taxonomy, columns),
    ...renderMoves('Worse in B', comparison.worse, second.run, 'second', where),
    ...renderMoves('Better in B', comparison.better, first.run, 'first', where),
    ...renderMoves(
      'Failed in B, A not decided',
      comparison.perhapsWorse,
      second.run,
      'second',
      where,
    ),
  ];
}

function reasonsFor(comparison: Comparison, margin: number): string[] {
  const { all } = comparison;
  return [
    countsOf(all),
    ...(all.difference === null ? [] : [differenceOf(all)]),
    ...undecidedIn(comparison),
    ...(all.conclusion === 'cannot tell' ? whyUnknown(all, margin) : []),
    ...passAllOf(comparison),
  ];
}

function passAllOf({ passAll }: Comparison): string[] {
  if (!passAll) return [];
  const { first, second } = passAll;
  return [
    `Scenarios of which all ${first.k} repeats passed (pass^${first.k}), of ${first.scenarios}: A ${passed(first)}, B ${passed(second)}.`,
  ];
}

function passed({ allPass, noneFail }: { allPass: number; noneFail: number }): string {
  return percentRange(allPass, noneFail);
}

function countsOf({ counts, scenarios, undecided }: RowComparison): string {
  const { both, onlyFirst, onlySecond, neither } = counts;
  const decided = both + onlyFirst + onlySecond + neither;
  const pairs = decided + OBSTACLES.reduce((sum, obstacle) => sum + undecided[obstacle], 0);
  return `Decided on both sides: ${decided} of ${pairs} pairs, scenarios: ${scenarios}. A failed in ${both + onlyFirst} of them, B in ${both + onlySecond}; A alone in ${onlyFirst}, B alone in ${onlySecond}.`;
}

function differenceOf({ difference, interval, adjustedP }: RowComparison): string {
  return `Difference in failure rate, B less A: ${signed(difference ?? 0)} points [95 %: ${bounds(interval)}], ${pOf(adjustedP)}.`;
}

function undecidedIn({ all, perhapsBetter, perhapsWorse }: Comparison): string[] {
  const { undecided, range } = all;
  const met = OBSTACLES.filter((obstacle) => undecided[obstacle] > 0);
  if (met.length === 0) return [];
  const words = met.map((obstacle) => `${undecided[obstacle]} ${obstacle.replace('-', ' ')}`);
  return [
    `Not decided: ${words.join(', ')}. However these turn out, the difference is ${bounds(range)} points. Found failed among them, the other side not decided: A ${perhapsBetter.length}, B ${perhapsWorse.length}.`,
  ];
}

/** How far from the margin, and whether more scenarios or somebody who decides what is open would help. */
function whyUnknown(
  { difference, interval, widest, undecided }: RowComparison,
  margin: number,
): string[] {
  const decided = difference === null ? '' : `${points(interval.high)} points over decided pairs, `;
  const few = difference !== null && interval.high > margin;
  return [
    `B may be worse by up to ${decided}${points(widest.high)} points with all that is undecided against it; the margin is ${points(margin)}.`,
    ...(few ? ['More scenarios that are decided on both sides narrow the first.'] : []),
    ...(undecided.open > 0
      ? ['A juror that understands text, or a person, decides what is open: judge run.']
      : []),
  ];
}

/** With the dialogue that failed. */
function renderMoves(
  title: string,
  moves: readonly Move[],
  run: string,
  failing: 'first' | 'second',
  where: string,
): Line[] {
  if (moves.length === 0) return [];
  const left = moves.length - MOST_LISTED;
  return [
    '',
    [span(`${title}: ${moves.length}`, 'strong')],
    ...moves
      .slice(0, MOST_LISTED)
      .flatMap((move): Line[] => [
        `  npx matrix-sim show ${run}/${move[failing]}${where}`,
        [span(`    ${move.failed.join(', ')}`, 'faint')],
      ]),
    ...(left > 0 ? [`  … and ${left} more: --json lists all`] : []),
  ];
}
