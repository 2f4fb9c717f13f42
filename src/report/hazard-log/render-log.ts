import { wrapped, type Line } from '../line.js';
import { textTable } from '../text-table.js';
import type { HazardEntry } from './hazard-entry.js';
import type { HazardLog } from './hazard-log.js';
import { rollUp } from './roll-up.js';
import { likelihoodWords, NOT_ASSESSED, rowRating } from './words.js';

/** What was written, hazard by hazard, and what is left to people. */
export function renderLog(log: HazardLog, files: readonly string[], columns: number): Line[] {
  const { initial, scale } = log;
  const { assessed, notAssessed } = rollUp(initial.entries, scale);
  const rows = initial.entries.map(rowOf);
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

function rowOf(entry: HazardEntry): string[] {
  const { hazard, top } = entry;
  if (!top) return [hazard.id, NOT_ASSESSED, '', '', '', ''];
  const { severity, decided, open, screening } = top.measure;
  return [
    hazard.id,
    severity,
    `${decided.failed} of ${decided.n}`,
    String(open),
    likelihoodWords(screening),
    rowRating(entry, screening),
  ];
}
