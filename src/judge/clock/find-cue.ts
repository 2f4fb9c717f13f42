import type { CaseFile } from '../../scenarios/case-file.js';
import { SPOKEN, spokenShare, stemsOf } from '../../transcript/spoken.js';
import type { NumberedTurn } from '../../transcript/transcript.js';

/** One of the case file's wordings of the cue, with what is right where it is said in these words. */
export type CueWording = CaseFile['cue'][number];

/** The patient's turn that created the duty. */
export interface Cue {
  readonly turn: NumberedTurn;
  /** The wordings that it may be: one where it is told, all where it was said in other words. */
  readonly wordings: readonly CueWording[];
}

/** Words shared with the case file's cue from which a turn may be it in other words. */
const ENOUGH = 4;

/**
 * Finds in the patient's own words the cue that the case file describes: the first turn that says one
 * of its wordings; else the turn that shares most words with them, if no other comes near it.
 */
export function findCue(
  turns: readonly NumberedTurn[],
  caseFile: CaseFile | undefined,
): Cue | undefined {
  const wordings = caseFile?.cue ?? [];
  const spoken = turns.filter(({ role }) => role === 'patient');
  for (const turn of spoken) {
    const said = bestOf(turn, wordings);
    if (said.length > 0) return { turn, wordings: said };
  }
  const cueStems = new Set(wordings.flatMap(({ text }) => [...stemsOf(text)]));
  const hits = (turn: NumberedTurn) => shared(stemsOf(turn.text), cueStems);
  const [best, second] = [...spoken].sort((a, b) => hits(b) - hits(a));
  if (!best || hits(best) < Math.max(ENOUGH, second ? 2 * hits(second) : 0)) return undefined;
  return { turn: best, wordings };
}

/** The wordings that a turn says, as far as no other is said better. */
function bestOf({ text }: NumberedTurn, wordings: readonly CueWording[]): readonly CueWording[] {
  const shares = wordings.map((wording) => spokenShare(text, wording.text));
  const best = Math.max(0, ...shares);
  return best < SPOKEN ? [] : wordings.filter((_, index) => shares[index] === best);
}

function shared(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...words].filter((word) => others.has(word)).length;
}
