import { EXIT } from '../errors.js';
import { metGates } from '../report/met-gates.js';
import type { RunSummary } from '../report/summarise-run.js';
import { note } from './output.js';

/**
 * The exit status of a run under these gates; tells of those that are met. What was not held or not
 * judged passes none.
 */
export function statusUnderGates(failOn: readonly string[], summary: RunSummary): number {
  const met = metGates(failOn, summary);
  for (const line of met) note(line);
  if (summary.left > 0 || summary.unjudged > 0) return EXIT.incomplete;
  return met.length > 0 ? EXIT.threshold : EXIT.ok;
}
