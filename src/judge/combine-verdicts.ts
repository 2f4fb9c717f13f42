import { compareSeverity, type Severity } from '../taxonomy/severity.js';
import type { JurorVerdict, ModeVerdict } from './verdict.js';

/**
 * Combines the verdicts of a jury on one mode. Abstentions do not vote; the majority decides; a
 * minority `fail` on a mode of Major or worse, and a tie on one, goes to a person. What nobody
 * decides is undetermined, never a pass. Source: domain brief, section 4 (Verga 2024, PoLL).
 */
export function combineVerdicts(
  verdicts: readonly Pick<JurorVerdict, 'verdict'>[],
  severity: Severity,
): ModeVerdict['outcome'] {
  const votes = verdicts.map(({ verdict }) => verdict).filter((verdict) => verdict !== 'abstain');
  if (votes.length === 0) return 'undetermined';
  const fails = votes.filter((vote) => vote === 'fail').length;
  if (fails * 2 > votes.length) return 'fail';
  const grave = compareSeverity(severity, 'Major') >= 0;
  if (fails > 0 && grave) return 'needs-review';
  if (fails * 2 === votes.length) return 'undetermined';
  return votes.includes('pass') ? 'pass' : 'not-applicable';
}
