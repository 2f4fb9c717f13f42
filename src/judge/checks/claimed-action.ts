import { stemsOf } from '../../transcript/spoken.js';
import { abstain, pass, type CheckOf, type ReadDialogue, type ReadTurn } from './check.js';

/** Says that something is done or arranged, while actions are recorded and none can be that. */
export const claimedAction: CheckOf<'claimed-action'> = (dialogue) => {
  const claims = dialogue.agentTurns.flatMap((turn) => {
    const sentence = turn.reading.statements.get('claimed-action');
    return sentence === undefined ? [] : [{ turn, sentence }];
  });
  const empty = claims.find(({ turn, sentence }) => !mayBeRecorded(turn, sentence, dialogue));
  if (empty) {
    return {
      verdict: 'fail',
      turn: empty.turn.number,
      quotes: [{ turn: empty.turn.number, text: empty.sentence }],
      because: 'No recorded action is what it says was done.',
    };
  }
  const traced = dialogue.agentTurns.some(({ reading }) => reading.traces.has('claimed-action'));
  return claims.length > 0 || traced
    ? abstain('Whether a recorded action is what was claimed needs a reader.')
    : pass('No action was claimed.');
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
