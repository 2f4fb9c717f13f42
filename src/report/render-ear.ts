import type { EarRow } from '../validity/ear/measure-ear.js';
import { OUTCOMES } from '../validity/ear/score-answer.js';
import { textTable } from './text-table.js';

/** The table of `scenarios ear`: how each kind of probe was answered, in percent. */
export function renderEar(rows: readonly EarRow[]): string[] {
  const share = (count: number, { probes }: EarRow) =>
    probes === 0 ? '–' : `${((count / probes) * 100).toFixed(1)} %`;
  const body = rows.map((row) => [
    row.kind,
    String(row.probes),
    share(row.fitting, row),
    ...OUTCOMES.map((outcome) => share(row.outcomes[outcome], row)),
  ]);
  return textTable([['kind', 'n', 'fitting', ...OUTCOMES], ...body], [0]);
}
