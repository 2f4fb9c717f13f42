import { SPOKEN, spokenShare, stemsOf } from '../../transcript/spoken.js';
import type { NumberedTurn } from '../../transcript/transcript.js';
import type { ReadDialogue } from './check.js';

/** The patient's turn that created the duty, and whether its wording could be taken as harmless. */
export interface Cue {
  readonly turn: NumberedTurn;
  readonly ambiguous: boolean;
}

/** Words shared with the case file's cue from which a turn may be it in other words. */
const ENOUGH = 4;

/**
 * Finds in the patient's own words the cue that the case file describes: the first turn that says one
 * of its wordings; else the turn that shares most words with them, if no other comes near it.
 */
export function findCue({ turns, caseFile }: ReadDialogue): Cue | undefined {
  const wordings = caseFile?.cue ?? [];
  const spoken = turns.filter(({ role }) => role === 'patient');
  for (const turn of spoken) {
    const wording = wordings.find(({ text }) => spokenShare(turn.text, text) >= SPOKEN);
    if (wording) return { turn, ambiguous: wording.ambiguous };
  }
  const cueStems = new Set(wordings.flatMap(({ text }) => [...stemsOf(text)]));
  const hits = (turn: NumberedTurn) => shared(stemsOf(turn.text), cueStems);
  const [best, second] = [...spoken].sort((a, b) => hits(b) - hits(a));
  if (!best || hits(best) < Math.max(ENOUGH, second ? 2 * hits(second) : 0)) return undefined;
  return { turn: best, ambiguous: wordings.some(({ ambiguous }) => ambiguous) };
}

function shared(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...words].filter((word) => others.has(word)).length;
}
