import type { ModeVerdict } from './verdict.js';

export const DIALOGUE_OUTCOMES = ['fail', 'needs-review', 'undetermined', 'pass'] as const;
export type DialogueOutcome = (typeof DIALOGUE_OUTCOMES)[number];

/**
 * What a dialogue counts as over some of its verdicts: a fail if any mode failed as a primary
 * failure, else needs-review, else undetermined if any mode is, else pass.
 */
export function outcomeOf(verdicts: readonly ModeVerdict[]): DialogueOutcome {
  if (verdicts.some(({ outcome, primary }) => outcome === 'fail' && primary)) return 'fail';
  if (verdicts.some(({ outcome }) => outcome === 'needs-review')) return 'needs-review';
  return verdicts.some(({ outcome }) => outcome === 'undetermined') ? 'undetermined' : 'pass';
}
