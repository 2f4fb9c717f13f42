import { abstain, pass, shown, type CheckOf } from './check.js';
import { isSilent } from './silence.js';

/** The act was done although the case asks for none: a recorded one fails, one in words is raised. */
export const actNotDue: CheckOf<'act-not-due'> = ({ agentTurns, clock }, _mode, { act }) => {
  const done = clock.acts.filter((each) => each.act === act);
  const worst = done.find(({ by }) => by === 'action') ?? done[0];
  const turn = agentTurns.find(({ number }) => number === worst?.turn);
  if (turn) {
    const verdict = worst?.by === 'action' ? 'fail' : 'needs-review';
    return shown(verdict, turn, turn.text, `${act} on a benign cue.`);
  }
  return clock.recorded && agentTurns.every((each) => isSilent(each, act, clock))
    ? pass('It is not among the recorded actions, and no word tells of it.')
    : abstain('Some words could be the act.');
};
