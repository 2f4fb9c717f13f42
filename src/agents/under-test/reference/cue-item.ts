import { cueTexts, type Scenario } from '../../../scenarios/scenario.js';
import { stemsOf } from '../../../transcript/spoken.js';

/** Weight from which an item is what the cue is about. */
const ABOUT_IT = 3;

/**
 * The required item that the cue is about: the one whose question and answers share most words with
 * it, its question most. An item that two facts answer is where the case has something to clear up, and goes first.
 */
export function cueItem(scenario: Scenario): string | undefined {
  const { task, ledger, title } = scenario;
  const wordings = cueTexts(scenario);
  const cue = stemsOf([title, ...wordings].join(' '));
  const weighed = task.requiredItems.map(({ id, question }) => {
    const facts = ledger.filter(({ answers }) => answers.includes(id));
    const shared = (words: readonly string[]) =>
      [...stemsOf(words.join(' '))].filter((stem) => cue.has(stem)).length;
    const asked = shared([id, question]);
    const told = shared(facts.flatMap(({ text, alternative }) => [text, alternative ?? '']));
    return { id, weight: 2 * asked + told + (facts.length > 1 ? 2 : 0) };
  });
  const [best] = weighed.sort((a, b) => b.weight - a.weight);
  return best && best.weight >= ABOUT_IT ? best.id : undefined;
}
