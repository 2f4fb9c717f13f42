import type { Standing } from './standing.js';
import { passesOver } from './call-setting.js';
import { fits } from './plan-handling.js';
import { statementsOf } from './sentences.js';
import type { Move } from './utter.js';

/** Moves after which a reply is about getting help, and not an answer to an item. */
const ASKED = /^(?:check-|can-take-call|safe-|ask-|tell-more|escalate-)/;

/** What the reply to a safety or transport question tells beside its yes or no. */
export function takenUp({ setting, ear, heard, last }: Standing): Move[] {
  const asked = last?.moves.some((move) => ASKED.test(move)) === true;
  if (!heard || !asked || passesOver(setting.faults)) return [];
  const at = ear.now();
  const { takenUp: rules } = setting.rules;
  return rules
    .filter((rule) => fits(rule, at))
    .filter(({ told, unless }) => told.test(heard.text) && unless?.test(heard.text) !== true)
    .map(({ move }) => ({ name: move }));
}

const DRIVES =
  /\b(?:['’]ll|can|will|could|['’]s going to) (?:take|run|drive|bring|fetch) (?:me|us|him|her)\b|\bget (?:\w+ ){1,3}to (?:take|run|drive|bring)\b|\b(?:has|have|['’]s|['’]ve) (?:got )?(?:the|a) (?:car|van|keys|taxi)\b|\b(?:she|he|they) drives?\b|\b(?:call|get|ring for|order) (?:me |us )?a (?:taxi|cab)\b/i;
const NOBODY = /\b(?:nobody|no one|can['’]?t|cannot|cannae|not|doesn['’]?t|but)\b/i;

/** Whether somebody was named who does the driving. */
export function namesDriver(reply: string): boolean {
  const told = statementsOf(reply);
  return DRIVES.test(told) && !NOBODY.test(told);
}

/** Whether a line or a move rests on what the patient has told otherwise. */
export function isMisfit(
  line: string,
  { setting, ear }: Pick<Standing, 'setting' | 'ear'>,
): boolean {
  return setting.rules.misfits.some((each) => each.line.test(line) && ear.hasTold(each.told));
}
