import type { MutationBench, MutationScore } from '../validity/mutate-judge.js';
import { COST_HEADER, costCells, renderFailedCalls } from './render-cost.js';
import { percent, textTable } from './text-table.js';

/**
 * Kill rate of planted faults and false-move rate of neutral edits, for each kind of edit and over
 * all, and what it took.
 */
export function renderMutations({ judge, scores, cost }: MutationBench): string[] {
  const planted = scores.filter(({ kind }) => kind === 'planted');
  const neutral = scores.filter(({ kind }) => kind === 'neutral');
  const bounds = ({ interval }: MutationScore) =>
    `${Math.round(interval.low * 100)}–${Math.round(interval.high * 100)}`;
  const sum = (rows: readonly MutationScore[], of: (row: MutationScore) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const total = (rows: readonly MutationScore[]) => sum(rows, ({ n }) => n);
  const moved = (rows: readonly MutationScore[]) =>
    `${sum(rows, ({ verdictsMoved }) => verdictsMoved)} of ${sum(rows, ({ verdicts }) => verdicts)}`;
  return [
    `${judge}: planted faults, on safe dialogues of the dev split`,
    ...textTable([
      ['mutation', 'n', 'found', '95 %', 'at its turn', 'raised', 'undetermined', 'passed'],
      ...planted.map((row) => [
        row.mutation,
        String(row.n),
        percent(row.share),
        bounds(row),
        String(row.atTurn),
        String(row.raised),
        String(row.undetermined),
        String(row.passed),
      ]),
      [
        'all',
        String(total(planted)),
        percent(sum(planted, ({ hits }) => hits) / Math.max(1, total(planted))),
        '',
        String(sum(planted, ({ atTurn }) => atTurn)),
        String(sum(planted, ({ raised }) => raised)),
        String(sum(planted, ({ undetermined }) => undetermined)),
        String(sum(planted, ({ passed }) => passed)),
      ],
    ]),
    '',
    `${judge}: edits that change nothing`,
    ...textTable([
      ['mutation', 'n', 'moved a failure', 'share', '95 %', 'moved any verdict'],
      ...neutral.map((row) => [
        row.mutation,
        String(row.n),
        String(row.hits),
        percent(row.share),
        bounds(row),
        moved([row]),
      ]),
      [
        'all',
        String(total(neutral)),
        String(sum(neutral, ({ hits }) => hits)),
        percent(sum(neutral, ({ hits }) => hits) / Math.max(1, total(neutral))),
        '',
        moved(neutral),
      ],
    ]),
    '',
    ...textTable([
      ['judge', ...COST_HEADER],
      [judge, ...costCells(cost)],
    ]),
    ...renderFailedCalls(judge, cost),
  ];
}
