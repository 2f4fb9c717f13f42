import { compareSeverity, type Severity } from '../taxonomy/severity.js';
import type { JurorVerdict, ModeVerdict } from './verdict.js';

/** How a jury decides. The default is `majority-with-review`. */
export const JURY_RULES = ['majority-with-review', 'majority', 'any', 'weighted'] as const;
export type JuryRule = (typeof JURY_RULES)[number];

/** A juror's verdict with the weight of its vote; weights count under `weighted` alone. */
export interface Vote {
  readonly verdict: JurorVerdict['verdict'];
  readonly weight?: number;
}

/**
 * Combines the verdicts of a jury on one mode. Abstentions do not vote, a lone vote stands, and a tie
 * on a mode of Major or worse goes to a person. `majority-with-review` and `weighted` send a minority
 * `fail` on such a mode to a person too; `any` takes a single `fail`. A vote of `needs-review` raises
 * what is no `fail`. What nobody decides is undetermined, never a pass. Source: domain brief, section
 * 4 (Verga 2024, PoLL).
 */
export function combineVerdicts(
  verdicts: readonly Vote[],
  severity: Severity,
  rule: JuryRule = 'majority-with-review',
): ModeVerdict['outcome'] {
  const votes = verdicts.filter(
    ({ verdict }) => verdict !== 'abstain' && verdict !== 'needs-review',
  );
  const outcome = votes.length === 0 ? 'undetermined' : count(votes, severity, rule);
  const raised = verdicts.some(({ verdict }) => verdict === 'needs-review');
  return raised && outcome !== 'fail' ? 'needs-review' : outcome;
}

/** What adding up weights may be out by: .1 + .7 against .8 is a tie. */
const ROUNDING = 1e-9;

function count(votes: readonly Vote[], severity: Severity, rule: JuryRule): ModeVerdict['outcome'] {
  const weigh = (kept: readonly Vote[]) =>
    kept.reduce((sum, { weight = 1 }) => sum + (rule === 'weighted' ? weight : 1), 0);
  const failing = votes.filter(({ verdict }) => verdict === 'fail');
  const [fails, all] = [weigh(failing), weigh(votes)];
  const grave = compareSeverity(severity, 'Major') >= 0;
  const lead = fails * 2 - all;
  const tied = Math.abs(lead) <= ROUNDING;
  if ((lead > 0 && !tied) || (rule === 'any' && failing.length > 0)) return 'fail';
  if (grave && (tied || (failing.length > 0 && rule !== 'majority'))) return 'needs-review';
  if (tied) return 'undetermined';
  return votes.some(({ verdict }) => verdict === 'pass') ? 'pass' : 'not-applicable';
}
