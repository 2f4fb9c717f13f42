import { passesOver } from './call-setting.js';
import type { Standing } from './standing.js';
import { fits } from './plan-handling.js';
import type { Move } from './utter.js';

/**
 * What is said to a question on the way to an ending: what the patient was told to do is told
 * again; any other is for whoever takes the call.
 * @param said moves of the same turn, which may have answered it
 */
export function referTo(now: Standing, name: string, said: readonly string[] = []): Move[] {
  const question = now.heard?.question;
  const { rules, faults } = now.setting;
  if (question === undefined || passesOver(faults)) return [];
  const at = now.ear.now();
  const plain = rules.plainAnswers.find((each) => each.asked.test(question) && fits(each, at));
  if (plain) return answers(said, plain.move) ? [] : [{ name: plain.move }];
  now.ear.record.ask(question);
  return [{ name }];
}

/** "It's still 999" and "it does need 999" are the same answer. */
function answers(said: readonly string[], move: string): boolean {
  const kind = move.replace(/^(?:hold|stands)-/, '');
  return said.some((each) => each === move || each.replace(/^(?:hold|stands)-/, '') === kind);
}
