import type { Scenario } from '../../../scenarios/scenario.js';
import { stemsOf } from '../../../transcript/spoken.js';

/**
 * The required item that the cue is about: the one whose question and answers share most words with
 * it. An item that two facts answer is where the case has something to clear up, and goes first.
 */
export function cueItem({ task, ledger, trigger, title }: Scenario): string | undefined {
  const wordings = Object.values(trigger.wordings).map(({ text }) => text);
  const cue = stemsOf([title, ...wordings].join(' '));
  const weighed = task.requiredItems.map(({ id, question }) => {
    const facts = ledger.filter(({ answers }) => answers.includes(id));
    const words = facts.flatMap(({ text, alternative }) => [text, alternative ?? '']);
    const shared = [...stemsOf([id, question, ...words].join(' '))].filter((stem) => cue.has(stem));
    return { id, weight: shared.length + (facts.length > 1 ? 2 : 0) };
  });
  return weighed.sort((a, b) => b.weight - a.weight)[0]?.id;
}
