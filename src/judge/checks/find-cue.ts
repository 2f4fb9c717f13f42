import { SPOKEN, spokenShare } from '../../transcript/spoken.js';
import type { NumberedTurn } from '../../transcript/transcript.js';
import type { ReadDialogue } from './check.js';

/** The patient's turn that created the duty, and whether its wording could be taken as harmless. */
export interface Cue {
  readonly turn: NumberedTurn;
  readonly ambiguous: boolean;
}

/** Finds in the patient's own words the cue that the case file describes; undefined if not said. */
export function findCue({ turns, caseFile }: ReadDialogue): Cue | undefined {
  for (const turn of turns) {
    if (turn.role !== 'patient') continue;
    const wording = caseFile?.cue.find(({ text }) => spokenShare(turn.text, text) >= SPOKEN);
    if (wording) return { turn, ambiguous: wording.ambiguous };
  }
  return undefined;
}
