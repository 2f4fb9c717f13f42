import { SPOKEN, spokenShare } from '../../../transcript/spoken.js';
import type { Fact } from '../../../scenarios/scenario.js';
import type { Topic } from '../ear/topics.js';
import { mayTell, type Disclosure, type Script } from './disclosure.js';

/** The share of the trigger's words that speaks of it. */
const TAKEN_UP = 0.25;

/** The trigger in the wording of this dialogue. */
export function triggerLine({ scenario, wording }: Script): string {
  return scenario.trigger.wordings[wording].text;
}

/** Whether the trigger answers this question: it is asked for, or what it answers or says already. */
export function answersTopic(script: Script, topic: Topic): boolean {
  const { ledger, trigger } = script.scenario;
  switch (topic.kind) {
    case 'trigger':
      return true;
    case 'item':
      return trigger.answers.includes(topic.id);
    case 'fact':
      return ledger.some((fact) => fact.id === topic.id && isSameMatter(script, fact));
    default:
      return false;
  }
}

/** Whether a fact answers what the trigger answers, or stands in the trigger's words. */
export function isSameMatter(script: Script, fact: Fact): boolean {
  const { answers } = script.scenario.trigger;
  return (
    fact.answers.some((item) => answers.includes(item)) ||
    spokenShare(triggerLine(script), fact.text) >= SPOKEN
  );
}

/** Whether a text comes back to the trigger in its own words. */
export function quotesTrigger(script: Script, text: string): boolean {
  return spokenShare(triggerLine(script), text) > TAKEN_UP;
}

/** What takes something back comes after it. */
export function mayAnswerByTrigger(script: Script, told: Disclosure): boolean {
  return !script.scenario.trigger.corrects || hasSpokenOfIt(script, told);
}

/** What the trigger corrects, where it was not said yet. */
export function firstVersion(script: Script, told: Disclosure, turn: number): Fact | undefined {
  const { ledger, trigger } = script.scenario;
  if (!trigger.corrects || hasSpokenOfIt(script, told)) return undefined;
  const versions = ledger.filter(({ answers }) =>
    answers.some((item) => trigger.answers.includes(item)),
  );
  return versions.find((fact) => mayTell(fact, turn) && !fact.redFlag);
}

/** Whether the patient waits to be asked what the trigger answers: it has not been spoken of yet. */
export function waitsToBeAsked(script: Script, told: Disclosure): boolean {
  return script.scenario.trigger.answers.length > 0 && !hasSpokenOfIt(script, told);
}

/** Whether the patient has told anything on what the trigger answers. */
export function hasSpokenOfIt(script: Script, told: Disclosure): boolean {
  const { ledger, trigger } = script.scenario;
  return ledger.some(
    ({ id, answers }) =>
      told.said[id] !== undefined && answers.some((item) => trigger.answers.includes(item)),
  );
}
