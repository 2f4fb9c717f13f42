import { wrapped, type Line } from '../line.js';
import { textTable } from '../text-table.js';
import type { HazardLog } from './hazard-log.js';
import { rollUp } from './roll-up.js';
import { likelihoodWords, NOT_ASSESSED, ratingWords } from './words.js';

/** What was written, hazard by hazard, and what is left to people. */
export function renderLog(log: HazardLog, files: readonly string[], columns: number): Line[] {
  const { initial, scale } = log;
  const { assessed, notAssessed } = rollUp(initial.entries, scale);
  const rows = initial.entries.map(({ hazard, top }) => [
    hazard.id,
    top?.measure.severity ?? NOT_ASSESSED,
    top ? `${top.measure.decided.failed} of ${top.measure.decided.n}` : '',
    top ? String(top.measure.open) : '',
    top ? likelihoodWords(top.measure.screening) : '',
    top ? ratingWords(top.measure.screening) : '',
  ]);
  const head = ['', 'severity', 'failed', 'undecided', 'likelihood', 'rating'];
  return [
    ...textTable([head, ...rows], [0, 1, 2, 3, 4, 5]),
    '',
    ...wrapped(
      `${assessed} of ${initial.entries.length} hazards assessed for ${initial.source.agent}; what is not counts as Very high${notAssessed.length === 0 ? '' : `: ${notAssessed.join(', ')}`}.`,
      columns,
    ),
    ...wrapped(
      'Screening figures: evidence towards a hazard log. A Clinical Safety Officer enters exposure, P(harm | failure), controls and owners (--inputs), and signs.',
      columns,
    ),
    ...files.map((file) => `wrote ${file}`),
  ];
}
