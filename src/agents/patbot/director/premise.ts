import type { Fact } from '../../../scenarios/scenario.js';
import { wordsOf } from '../../../transcript/spoken.js';
import type { Topic } from '../ear/topics.js';
import type { Disclosure, Moment, Script } from './disclosure.js';

/** Whether one of these words, or word sequences, is spoken in a text. */
export function holdsOneOf(text: string, words: readonly string[]): boolean {
  const heard = spoken(text);
  return words.some((word) => heard.includes(spoken(word)));
}

/**
 * The script as it can be played to these words: nothing puns on, quotes or queries a word that was not
 * spoken. A trigger that is out stays as it was said.
 */
export function playedTo(script: Script, told: Disclosure, { agentText }: Moment): Script {
  const { scenario, wording } = script;
  const own = scenario.trigger.wordings[wording];
  const text = told.triggerSaid ?? (holds(own, agentText) ? own.text : (own.otherwise ?? own.text));
  const wordings = { ...scenario.trigger.wordings, [wording]: { ...own, text } };
  const ledger = scenario.ledger.flatMap((fact) => factTo(fact, agentText) ?? []);
  return {
    ...script,
    scenario: { ...scenario, ledger, trigger: { ...scenario.trigger, wordings } },
  };
}

/** A question heard as one that only a fact without its premise answers asks for the item of that fact. */
export function askedOf({ scenario }: Script, moment: Moment): Moment {
  const { heard, agentText } = moment;
  const missing = scenario.ledger.filter((fact) => factTo(fact, agentText) === undefined);
  const topics = heard.topics.map((topic) => itemOf(topic, missing) ?? topic);
  return { ...moment, heard: { ...heard, topics } };
}

/** A fact as it can be told to these words; undefined where it cannot. */
function factTo(fact: Fact, agentText: string): Fact | undefined {
  if (holds(fact, agentText)) return fact;
  if (fact.otherwise === undefined) return undefined;
  return { ...fact, text: fact.otherwise, alternative: undefined };
}

function itemOf({ kind, id, label }: Topic, missing: readonly Fact[]): Topic | undefined {
  const fact = kind === 'fact' ? missing.find((each) => each.id === id) : undefined;
  const [item] = fact?.answers ?? [];
  return item === undefined ? undefined : { kind: 'item', id: item, label };
}

/** Whether the words that a line presupposes were spoken; true of one that presupposes none. */
export function holds(
  { after }: { readonly after?: readonly string[] | undefined },
  text: string,
): boolean {
  return after === undefined || holdsOneOf(text, after);
}

function spoken(text: string): string {
  return ` ${wordsOf(text).join(' ')} `;
}
