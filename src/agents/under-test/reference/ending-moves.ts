import { asksBack } from './patient-questions.js';
import { objects, quotable } from './patient-words.js';
import { notedWish } from './open-question.js';
import { planEnding, toldAgain, unlessObjected } from './plan-ending.js';
import { ruleFor } from './plan-handling.js';
import { referTo } from './refer-question.js';
import { leavesSafetyOpen } from './second-ask.js';
import type { Standing } from './standing.js';
import { isMisfit, takenUp } from './taken-up.js';
import type { Move } from './utter.js';

/**
 * The last turn, as the level asks for it, with what is due beside it.
 * @param courtesy moves owed to a cue that came when the call was already ending
 */
export function endingMoves(
  now: Standing,
  courtesy: readonly string[],
  wish: string | undefined,
): Move[] {
  const { rules, scenario, faults } = now.setting;
  const at = now.ear.now();
  const { before, question, leaves } = planEnding(rules, at, now.agreed, faults, now.said);
  const heard = now.heard?.text ?? '';
  if (leavesSafetyOpen(now.last, heard)) {
    const asked = quotable(now.lastQuestion);
    now.ear.record.remark(`Not clear yet: "${asked}" In reply: "${quotable(heard)}".`);
  }
  const due = now.last && asksBack(heard) ? toldAgain(before, now.spoken) : before;
  const urged = unlessObjected(due, objects(scenario, heard));
  const said = [...courtesy, ...urged].filter((move) => !isMisfit(move, now));
  const { question: usual } = ruleFor(rules.endings, at);
  return [
    ...said.map((name) => ({ name })),
    ...takenUp(now),
    ...notedWish(wish),
    ...referTo(now, question || usual, said),
    ...leaves.map((name) => ({ name })),
  ];
}
