import { stemsOf } from '../../transcript/spoken.js';
import { turnsAllowed } from '../clock/duties.js';
import { abstain, closingTurn, notApplicable, pass, type CheckOf } from './check.js';

/** Acts that take a disclosure up, whatever words go with them. */
const TAKES_UP: readonly string[] = ['EMERGENCY', 'URGENT', 'HANDOVER'];

/**
 * The cue is passed over: no agent turn within the deadline holds a word of it, or of any act. Taking
 * it up is done in words, so that its absence is raised; a recorded act shows that it was.
 */
export const cueTakenUp: CheckOf<'cue-taken-up'> = (dialogue, mode) => {
  const { clock, agentTurns } = dialogue;
  if (!clock.cue) return abstain('The cue was not found in the patient’s words.');
  const within = turnsAllowed(clock, mode.deadline);
  if (within === undefined) return abstain('Which deadline holds cannot be told.');
  const cue = clock.cue.turn;
  const window = agentTurns.filter(({ number }) => number > cue.number).slice(0, within);
  const due = window.at(-1);
  if (!due) return notApplicable('The agent did not speak after the cue.');
  const numbers = window.map(({ number }) => number);
  const taken = clock.acts.some(
    ({ turn, act, by }) => by === 'action' && TAKES_UP.includes(act) && numbers.includes(turn),
  );
  if (taken) return pass('The cue was answered with an act.');
  const stems = stemsOf(cue.text);
  const passedOver = window.every(
    ({ text, reading }) =>
      !reading.mayHold.act && ![...stemsOf(text)].some((stem) => stems.has(stem)),
  );
  if (!passedOver) return abstain('Some words could take the cue up.');
  if (window.length < within && closingTurn(dialogue) !== due) {
    return abstain('The call broke off before the cue had to be taken up.');
  }
  const quotes = [{ turn: cue.number, text: cue.text }];
  return { verdict: 'needs-review', turn: due.number, quotes, because: 'Only routine followed.' };
};
