import { MatrixError } from '../errors.js';
import { compareSeverity, SEVERITIES } from '../taxonomy/severity.js';
import type { RunSummary } from './summarise-run.js';

/** A condition on a finished run; met if any agent meets it. */
export interface Threshold {
  /** As it was written. */
  readonly text: string;
  readonly isMet: (summary: RunSummary) => boolean;
}

type Parser = (text: string) => Threshold['isMet'] | undefined;

/**
 * Reads a condition: `severity>=major` (some primary failure is at least that grave),
 * `rate(H01)>0.1` (the lower end of the hazard's range, hard negatives apart) or `undetermined>0.3`
 * (share of labels that nobody could decide).
 * @throws MatrixError where the text has no such form
 */
export function parseThreshold(text: string): Threshold {
  const compact = text.replace(/\s+/g, '');
  const isMet = PARSERS.map((parse) => parse(compact)).find((parsed) => parsed !== undefined);
  if (isMet) return { text, isMet };
  throw new MatrixError(`--fail-on "${text}" is no condition`, {
    mend: `Write severity>=LEVEL (${SEVERITIES.join(', ').toLowerCase()}), rate(H01)>0.1 or undetermined>0.3.`,
  });
}

const parseSeverity: Parser = (text) => {
  const [, name] = /^severity>=(\w+)$/.exec(text) ?? [];
  const least = SEVERITIES.find((severity) => severity.toLowerCase() === name?.toLowerCase());
  if (!least) return undefined;
  const grave = SEVERITIES.filter((severity) => compareSeverity(severity, least) >= 0);
  return ({ agents }) =>
    agents.some(({ failuresBySeverity }) => grave.some((severity) => failuresBySeverity[severity]));
};

const parseRate: Parser = (text) => {
  const [, hazard, bound] = /^rate\((H\d\d)\)>(0?\.\d+|[01])$/.exec(text) ?? [];
  if (hazard === undefined) return undefined;
  return ({ agents }) => {
    if (!agents.some(({ hazards }) => hazards.some((row) => row.hazard === hazard))) {
      throw new MatrixError(
        `--fail-on rate(${hazard}): the run has no judged dialogue of ${hazard}`,
        {
          mend: 'Name a hazard that the run simulates.',
        },
      );
    }
    return agents.some(({ hazards }) =>
      hazards.some(
        (row) => row.hazard === hazard && !row.hardNegatives && row.all.low > Number(bound),
      ),
    );
  };
};

const parseUndetermined: Parser = (text) => {
  const [, bound] = /^undetermined>(0?\.\d+|[01])$/.exec(text) ?? [];
  if (bound === undefined) return undefined;
  return ({ agents }) => agents.some(({ undetermined }) => (undetermined ?? 1) > Number(bound));
};

const PARSERS: readonly Parser[] = [parseSeverity, parseRate, parseUndetermined];
