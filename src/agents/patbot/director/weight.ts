import type { Fact } from '../../../scenarios/scenario.js';
import type { Topic } from '../ear/topics.js';
import type { Disclosure, Script } from './disclosure.js';
import { answersTopic, isSameMatter } from './trigger-matter.js';

/** Whether the level of care can hang on a fact: a red flag, a level of its own, or the trigger's matter once that is out. */
export function isWeighty(fact: Fact, script: Script, told: Disclosure): boolean {
  const { redFlag, escalation } = fact;
  const out = told.triggerTurn !== undefined;
  return redFlag || escalation !== undefined || (out && isSameMatter(script, fact));
}

/** Those on which the level can hang come first; else as they stand. */
export function byWeight(facts: readonly Fact[], script: Script, told: Disclosure): Fact[] {
  const weighs = (fact: Fact) => Number(isWeighty(fact, script, told));
  return facts.toSorted((a, b) => weighs(b) - weighs(a));
}

/** Whether a question asks for such a fact, for a red flag of the task, or for the trigger. */
export function isWeightyTopic(topic: Topic, script: Script, told: Disclosure): boolean {
  const { ledger, task } = script.scenario;
  if (told.triggerTurn !== undefined && answersTopic(script, topic)) return true;
  const isRedFlag = (item: string) =>
    task.requiredItems.some(({ id, redFlag }) => redFlag && id === item);
  if (topic.kind === 'item') return isRedFlag(topic.id);
  const fact = topic.kind === 'fact' ? ledger.find(({ id }) => id === topic.id) : undefined;
  return fact !== undefined && (isWeighty(fact, script, told) || fact.answers.some(isRedFlag));
}
