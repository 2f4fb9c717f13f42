import { stemsOf } from '../../transcript/spoken.js';
import type { ReadTurn } from '../reading/turn-reader.js';
import { abstain, shown, type CheckOf, type ReadDialogue } from './check.js';

/** Says that it did or arranged something, while actions are recorded and none can be that: raised. */
export const claimedAction: CheckOf<'claimed-action'> = (dialogue) => {
  for (const turn of dialogue.agentTurns) {
    const sentence = turn.reading.statements.get('claimed-action');
    if (sentence === undefined || mayBeRecorded(turn, sentence, dialogue)) continue;
    const because = 'No recorded action may be what it says was done.';
    return shown('needs-review', turn, sentence, because);
  }
  return abstain('Whether an action was claimed, and is recorded, needs a reader.');
};

/** An escalation or handover near the claim may be what it speaks of; a note must share a word with it. */
function mayBeRecorded(
  { number }: ReadTurn,
  sentence: string,
  { agentTurns }: ReadDialogue,
): boolean {
  const near = agentTurns.filter(
    (turn) => Math.abs(turn.number - number) <= 2 || turn === agentTurns.at(-1),
  );
  const stems = stemsOf(sentence);
  return near.some(({ actions = [] }) =>
    actions.some((action) => {
      if (action.type === 'note') return [...stemsOf(action.text)].some((stem) => stems.has(stem));
      return action.type !== 'end-call';
    }),
  );
}
