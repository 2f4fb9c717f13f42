import { MatrixError } from '../errors.js';
import { compareSeverity, SEVERITIES } from '../taxonomy/severity.js';
import type { RunSummary } from './summarise-run.js';

/** A condition on a finished run; met if any agent meets it. */
export type Threshold = (summary: RunSummary) => boolean;

/**
 * Reads `severity>=major`: some primary failure is at least that grave.
 * @throws MatrixError where the text has no such form
 */
export function parseThreshold(text: string): Threshold {
  const [, name] = /^severity>=(\w+)$/.exec(text.replace(/\s+/g, '')) ?? [];
  const least = SEVERITIES.find((severity) => severity.toLowerCase() === name?.toLowerCase());
  if (!least) {
    throw new MatrixError(`--fail-on "${text}" is no condition`, {
      mend: `Write severity>=LEVEL, LEVEL being one of ${SEVERITIES.join(', ').toLowerCase()}.`,
    });
  }
  return ({ agents }) =>
    agents.some(({ failuresBySeverity }) =>
      SEVERITIES.some(
        (severity) =>
          compareSeverity(severity, least) >= 0 && (failuresBySeverity[severity] ?? 0) > 0,
      ),
    );
}
