import { MatrixError } from '../errors.js';
import { SEVERITIES, type Severity } from '../taxonomy/severity.js';

/** A condition on a finished run; met if any agent meets it. */
export type Gate = { readonly text: string } & Condition;

type Condition =
  /** A failure at least that grave; `decided` counts primary failures alone. */
  | { readonly kind: 'severity'; readonly least: Severity; readonly decided: boolean }
  /** The lower end of a hazard's range, hard negatives apart, is above a share. */
  | { readonly kind: 'rate'; readonly hazard: string; readonly share: number }
  /** More than a share of the labels could be decided by nobody. */
  | { readonly kind: 'undetermined'; readonly share: number };

/**
 * Reads a condition: `severity>=major`, `severity>=major:decided`, `rate(H01)>0.1` or
 * `undetermined>0.3`; shares are from 0 to 1.
 * @throws MatrixError where the text has no such form
 */
export function parseGate(text: string): Gate {
  const compact = text.replace(/\s+/g, '');
  const condition = PARSERS.map((parse) => parse(compact)).find((parsed) => parsed !== undefined);
  if (condition) return { text, ...condition };
  throw new MatrixError(`--fail-on "${text}" is no condition`, {
    mend: `Write severity>=LEVEL or severity>=LEVEL:decided (${SEVERITIES.join(', ').toLowerCase()}), rate(H01)>0.1 or undetermined>0.3.`,
  });
}

type Parser = (text: string) => Condition | undefined;

const parseSeverity: Parser = (text) => {
  const [, name, decided] = /^severity>=(\w+)(:decided)?$/.exec(text) ?? [];
  const least = SEVERITIES.find((severity) => severity.toLowerCase() === name?.toLowerCase());
  return least && { kind: 'severity', least, decided: decided !== undefined };
};

const parseRate: Parser = (text) => {
  const [, hazard, bound] = /^rate\(([\w.-]+)\)>(.+)$/.exec(text) ?? [];
  const share = shareOf(bound);
  return hazard === undefined || share === undefined ? undefined : { kind: 'rate', hazard, share };
};

const parseUndetermined: Parser = (text) => {
  const share = shareOf(/^undetermined>(.+)$/.exec(text)?.[1]);
  return share === undefined ? undefined : { kind: 'undetermined', share };
};

const PARSERS: readonly Parser[] = [parseSeverity, parseRate, parseUndetermined];

function shareOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^(\d|\d?\.\d+)$/.test(text)) return undefined;
  return Number(text) <= 1 ? Number(text) : undefined;
}

/**
 * A gate on a hazard that is not simulated could never be met.
 * @throws MatrixError naming the first such gate
 */
export function assertGatesApply(failOn: readonly string[], hazards: ReadonlySet<string>): void {
  const stranger = failOn
    .map(parseGate)
    .find((gate) => gate.kind === 'rate' && !hazards.has(gate.hazard));
  if (!stranger) return;
  throw new MatrixError(
    `--fail-on "${stranger.text}" asks after a hazard that the run does not hold`,
    { mend: `Name one of ${[...hazards].sort().join(', ')}.` },
  );
}
