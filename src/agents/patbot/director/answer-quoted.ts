import type { Fact } from '../../../scenarios/scenario.js';
import { SPOKEN, spokenShare, stemsOf } from '../../../transcript/spoken.js';
import {
  directed,
  untold,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { gistOf } from './fact-lines.js';
import { factsOnTrigger, isOnHelp, kindred } from './further-facts.js';
import { tellAll, tellOnceMore } from './tell-facts.js';
import { triggerLine } from './trigger-matter.js';
import { byWeight } from './weight.js';

/**
 * Asked for more on words of its own that are quoted: what the patient has not told of them yet. From
 * words that carry no fact, as of an anecdote, it comes back to what it meant; undefined where it never said them.
 */
export function answerQuoted(
  script: Script,
  told: Disclosure,
  moment: Moment,
): Directed | undefined {
  const { agentText, turn } = moment;
  const quote = quotedIn(agentText);
  if (quote === '') return undefined;
  if (told.triggerTurn !== undefined && spokenShare(triggerLine(script), quote) >= SPOKEN) {
    return answerOnTrigger(quote, script, told, turn);
  }
  const fact = saidIn(script.scenario.ledger, told, quote);
  return fact && answerOnFact(fact, quote, script, told, moment);
}

function answerOnTrigger(quote: string, script: Script, told: Disclosure, turn: number): Directed {
  const line = triggerLine(script);
  const carries =
    script.scenario.ledger.some((fact) => isAside(fact) && isIn(fact, quote)) ||
    spokenShare(quote, gistOf(line)) >= SPOKEN;
  const facts = factsOn(quote, script, told, turn);
  const anecdote = facts.some((fact) => isNamedBeside(fact, quote, line));
  const next =
    facts.find(
      (fact) => isIn(fact, quote) || answersTrigger(fact, script) || (carries && !isIn(fact, line)),
    ) ?? (anecdote ? undefined : facts[0]);
  return next ? tellAll([next], script, told, turn) : directed('facts', told, [gistOf(line)]);
}

/** Whether the words that were not quoted name what a fact is about: those that were are beside the point. */
function isNamedBeside({ topic = '', about }: Fact, quote: string, line: string): boolean {
  const quoted = stemsOf(quote);
  const beside = new Set([...stemsOf(line)].filter((stem) => !quoted.has(stem)));
  return [...stemsOf([topic, ...about].join(' '))].some((stem) => beside.has(stem));
}

/** Who was vague about an item has more to say on that item, whichever of its words are quoted. */
function answersTrigger({ answers }: Fact, { scenario: { trigger } }: Script): boolean {
  return answers.some((item) => trigger.answers.includes(item));
}

/** Those in the quoted words first, and of them the weightiest. */
function factsOn(quote: string, script: Script, told: Disclosure, turn: number): Fact[] {
  const aside = untold(script, told, turn).filter((fact) => isAside(fact) && isIn(fact, quote));
  const matter = [...factsOnTrigger(script, told, turn), ...kindred(script, told, turn)];
  const facts = byWeight([...matter, ...aside], script, told);
  return facts.toSorted((a, b) => Number(isIn(b, quote)) - Number(isIn(a, quote)));
}

/** A fact that belongs to what the patient brings up, and to no question of the clinic's list. */
function isAside({ answers, release, about }: Fact): boolean {
  return answers.length === 0 && release !== 'volunteered' && !isOnHelp(about);
}

/** Facts of the same required item or in the same words; else the fact once more, otherwise put. */
function answerOnFact(
  fact: Fact,
  quote: string,
  script: Script,
  told: Disclosure,
  moment: Moment,
): Directed {
  const { turn } = moment;
  const further = untold(script, told, turn).filter(
    (other) =>
      other.answers.some((item) => fact.answers.includes(item)) ||
      (isAside(other) && isIn(other, quote)),
  );
  const [next] = byWeight(further, script, told);
  if (next) return tellAll([next], script, told, turn);
  const line = told.said[fact.id] ?? fact.text;
  return tellOnceMore(fact, line, told, moment);
}

function isIn({ text, alternative = '', topic = '', about }: Fact, words: string): boolean {
  const stems = stemsOf(words);
  return [...stemsOf([text, alternative, topic, ...about].join(' '))].some((stem) =>
    stems.has(stem),
  );
}

function saidIn(ledger: readonly Fact[], { said }: Disclosure, quote: string): Fact | undefined {
  return ledger.findLast(({ id }) => spokenShare(said[id] ?? '', quote) >= SPOKEN);
}

/** The words that a turn quotes. */
export function quotedIn(text: string): string {
  return [...text.matchAll(/["“]([^"“”]*)["”]/g)].map(([, words = '']) => words).join(' ');
}
