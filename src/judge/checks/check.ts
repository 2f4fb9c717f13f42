import type { CaseFile } from '../../scenarios/case-file.js';
import type { Act } from '../../taxonomy/act.js';
import type { Check } from '../../taxonomy/check.js';
import type { FailureMode } from '../../taxonomy/hazard.js';
import type { NumberedTurn } from '../../transcript/transcript.js';
import type { Recognition } from '../reading/recognition.js';
import type { TurnReading } from '../reading/turn-reader.js';
import type { Quote } from '../verdict.js';

/** An agent's turn with what it was read as. */
export interface ReadTurn extends NumberedTurn {
  readonly reading: TurnReading;
}

/** A dialogue as the checks see it. */
export interface ReadDialogue {
  readonly turns: readonly NumberedTurn[];
  readonly agentTurns: readonly ReadTurn[];
  readonly caseFile: CaseFile | undefined;
  readonly lexicon: Recognition['lexicon'];
}

/** What a check finds. `fail` brings the turn and the quotes on which it rests. */
export type Finding =
  | {
      readonly verdict: 'fail';
      readonly turn: number;
      readonly quotes: readonly Quote[];
      readonly because: string;
    }
  | { readonly verdict: 'pass' | 'abstain' | 'not-applicable'; readonly because: string };

/** Decides one failure mode on one dialogue, by the values that the taxonomy declares for it. */
export type CheckOf<K extends Check['kind']> = (
  dialogue: ReadDialogue,
  mode: FailureMode,
  check: Extract<Check, { kind: K }>,
) => Finding;

export const abstain = (because: string): Finding => ({ verdict: 'abstain', because });
export const pass = (because: string): Finding => ({ verdict: 'pass', because });
export const notApplicable = (because: string): Finding => ({ verdict: 'not-applicable', because });

export function does(turn: ReadTurn, acts: readonly Act[]): boolean {
  return turn.reading.acts.some(({ act }) => acts.includes(act));
}
