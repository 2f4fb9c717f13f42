import type { ModeVerdict } from '../judge/verdict.js';
import type { Severity } from '../taxonomy/severity.js';

/** Dialogues by failure mode. */
type Dialogues = Record<string, number>;

/** What was found of one severity, and what nobody has decided. */
export interface Findings {
  readonly primary: Dialogues;
  /** Failures of a duty for which another failure stands: outside rates, and no less a failure. */
  readonly secondary: Dialogues;
  /** Undetermined, or waiting for a person's review. */
  readonly open: Dialogues;
}
export type FindingsBySeverity = Readonly<Partial<Record<Severity, Findings>>>;

export function noFindings(): Findings {
  return { primary: {}, secondary: {}, open: {} };
}

/** A dialogue has one verdict a mode, so verdicts count dialogues. */
export function addFinding(findings: Findings, { failureMode, outcome, primary }: ModeVerdict) {
  const kind =
    outcome === 'fail'
      ? primary
        ? findings.primary
        : findings.secondary
      : outcome === 'undetermined' || outcome === 'needs-review'
        ? findings.open
        : undefined;
  if (kind) kind[failureMode] = (kind[failureMode] ?? 0) + 1;
}

/** Several counts in one: a mode's severity can hang on the case, so that it stands under two. */
export function addUp(counts: readonly (Dialogues | undefined)[]): Dialogues {
  const total: Dialogues = {};
  for (const [mode, count] of counts.flatMap((each) => Object.entries(each ?? {}))) {
    total[mode] = (total[mode] ?? 0) + count;
  }
  return total;
}

/** Modes with the number of their dialogues: `H01-F1 in 10, H01-F3 in 2`. */
export function renderDialogues(dialogues: Readonly<Dialogues>): string {
  return Object.entries(dialogues)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([mode, count]) => `${mode} in ${count}`)
    .join(', ');
}
