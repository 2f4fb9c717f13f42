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

/**
 * What a comparison came to: the conclusion in words and the counts on which it rests, rows by hazard,
 * then the dialogues that got worse and better, each with the command that shows it.
 * @param where the store, as a command needs it
 */
export function renderComparison(
  { margin, judging, notes, comparisons }: ComparisonReport,
  taxonomy: Taxonomy,
  columns: number,
  where: string,
): Line[] {
  const head = [
    `judge: ${judging.jurors.join(', ')} (${judging.id})`,
    DRAFT_NOTICE,
    ...notes,
  ].flatMap((line) => wrapped(line, columns));
  return [
    ...head,
    ...comparisons.flatMap((comparison) => [
      '',
      ...renderOne(comparison, margin, taxonomy, columns, where),
    ]),
  ];
}

function renderOne(
  comparison: Comparison,
  margin: number,
  taxonomy: Taxonomy,
  columns: number,
  where: string,
): Line[] {
  const { first, second, all } = comparison;
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
    ...renderMoves(
      'Worse in B',
      comparison.worse,
      ({ second: id }) => `${second.run}/${id}`,
      where,
    ),
    ...renderMoves(
      'Better in B',
      comparison.better,
      ({ first: id }) => `${first.run}/${id}`,
      where,
    ),
  ];
}

function reasonsFor({ all, passAll }: Comparison, margin: number): string[] {
  return [
    countsOf(all),
    ...(all.difference === null ? [] : [differenceOf(all)]),
    ...undecidedIn(all),
    ...(all.conclusion === 'cannot tell' ? [whyUnknown(all, margin)] : []),
    ...(passAll
      ? [
          `All ${passAll.first.k} repeats passed (pass^${passAll.first.k}) in ${passed(passAll.first)} of ${passAll.first.scenarios} scenarios for A, ${passed(passAll.second)} for B.`,
        ]
      : []),
  ];
}

function passed({ allPass, noneFail }: { allPass: number; noneFail: number }): string {
  return percentRange(allPass, noneFail);
}

function countsOf({ counts, scenarios }: RowComparison): string {
  const { both, onlyFirst, onlySecond, neither } = counts;
  const decided = both + onlyFirst + onlySecond + neither;
  return `${decided} pairs in ${scenarios} scenarios are decided on both sides: A failed in ${both + onlyFirst} of them, B in ${both + onlySecond}; A alone in ${onlyFirst}, B alone in ${onlySecond}.`;
}

function differenceOf({ difference, interval, adjustedP }: RowComparison): string {
  return `Difference in failure rate, B less A: ${signed(difference ?? 0)} points [95 % ${bounds(interval)}], ${pOf(adjustedP)}.`;
}

function undecidedIn({ undecided, range }: RowComparison): string[] {
  const met = OBSTACLES.filter((obstacle) => undecided[obstacle] > 0);
  if (met.length === 0) return [];
  const words = met.map((obstacle) => `${undecided[obstacle]} ${obstacle.replace('-', ' ')}`);
  return [
    `Not decided: ${words.join(', ')}. However they turn out, the difference is ${bounds(range)} points.`,
  ];
}

/** Whether more scenarios would help, or somebody who decides what is open. */
function whyUnknown({ difference, interval, widest }: RowComparison, margin: number): string {
  const limit = `more than the margin of ${points(margin)} points`;
  if (difference === null) return 'No pair is decided on both sides, so nothing is known.';
  return interval.high > margin
    ? `B may be worse by up to ${points(interval.high)} points where both are decided, ${limit}: more scenarios would narrow that.`
    : `With all that is undecided against B it may be worse by ${points(widest.high)} points, ${limit}: a juror or person who decides more would narrow that.`;
}

function renderMoves(
  title: string,
  moves: readonly Move[],
  dialogueOf: (move: Move) => string,
  where: string,
): Line[] {
  if (moves.length === 0) return [];
  const left = moves.length - MOST_LISTED;
  return [
    '',
    [span(`${title}: ${moves.length}`, 'strong')],
    ...moves
      .slice(0, MOST_LISTED)
      .flatMap((move) => [
        `  ${dialogueOf(move)}  failed: ${move.failed.join(', ')}`,
        `    npx matrix-sim show ${dialogueOf(move)}${where}`,
      ]),
    ...(left > 0 ? [`  … and ${left} more: --json lists all`] : []),
  ];
}
