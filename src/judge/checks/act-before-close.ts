import { abstain, does, notApplicable, pass, type CheckOf } from './check.js';

/**
 * The agent must have done one of the acts when it closes the call. The absence counts only where
 * every agent turn was read as something else. Evidence is the agent's closing words, since no
 * line of the patient creates this duty.
 */
export const actBeforeClose: CheckOf<'act-before-close'> = ({ agentTurns }, _mode, check) => {
  const last = agentTurns.at(-1);
  if (!last) return notApplicable('The agent did not speak.');
  if (agentTurns.some((turn) => does(turn, check.acts))) {
    return check.partial
      ? abstain('The act was done; the rest of the criterion is not checked.')
      : pass('Done before the close.');
  }
  if (!agentTurns.every((turn) => turn.reading.read)) {
    return abstain('Some agent turn could hold the act in other words.');
  }
  if (!does(last, ['close'])) return notApplicable('The agent did not close the call.');
  return {
    verdict: 'fail',
    turn: last.number,
    quotes: [{ turn: last.number, text: last.text }],
    because: 'Closed without it.',
  };
};
