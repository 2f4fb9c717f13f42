import type { Scenario } from '../../../scenarios/scenario.js';

/** Clinical words, to the plain words that can stand in their place. */
export type Glosses = Readonly<Record<string, string>>;

interface Compiled {
  readonly any: RegExp;
  readonly plain: ReadonlyMap<string, string>;
}
const compiled = new WeakMap<Glosses, Compiled>();

/** Once for each list of glosses. */
function compile(glosses: Glosses): Compiled {
  const terms = Object.keys(glosses).sort((a, b) => b.length - a.length);
  const plain = new Map(terms.map((term) => [term.toLowerCase(), glosses[term] ?? term]));
  const made = { any: new RegExp(`\\b(?:${terms.join('|')})\\b`, 'gi'), plain };
  compiled.set(glosses, made);
  return made;
}

/** A sentence with its clinical words said in plain ones, the longest that fits first. */
export function inPlainWords(sentence: string, glosses: Glosses): string {
  const { any, plain } = compiled.get(glosses) ?? compile(glosses);
  const said = sentence
    .replace(any, (term) => plain.get(term.toLowerCase()) ?? term)
    .replace(/,([?,])/g, '$1');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
}

/** The same case with the questions of its task in plain words. */
export function askedPlainly(scenario: Scenario, glosses: Glosses): Scenario {
  const requiredItems = scenario.task.requiredItems.map((item) => ({
    ...item,
    question: inPlainWords(item.question, glosses),
  }));
  return { ...scenario, task: { ...scenario.task, requiredItems } };
}
