import { stemsOf } from '../../../transcript/spoken.js';
import { askingClauses } from '../ear/asking-clauses.js';
import { answerOpenly } from './answer-openly.js';
import {
  directed,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { gistOf } from './fact-lines.js';
import { answerQuoted, quotedIn } from './answer-quoted.js';
import { furtherFacts, kindred } from './further-facts.js';
import { tellAll, tellOnceMore } from './tell-facts.js';
import { quotesTrigger, triggerLine } from './trigger-matter.js';

/** Asked for more on what was said last: what belongs to it and is due, else the same once more. */
export function answerAboutThat(script: Script, told: Disclosure, moment: Moment): Directed {
  const quoted = answerQuoted(script, told, moment);
  if (quoted) return quoted;
  return isOnTrigger(script, told, moment)
    ? answerOnTrigger(script, told, moment.turn)
    : answerOnLast(script, told, moment);
}

/** Words of such a question that say nothing of its matter. */
const EMPTY = stemsOf('tell more mean meant explain little please again mentioned sorry help');

/** Whether it asks by "that" and quoted words alone, so that what it may be heard to be about is chance. */
export function namesNothing(agentText: string): boolean {
  const asked = askingClauses(agentText).map(({ text }) => text);
  return [...stemsOf(asked.join(' '))].every((stem) => EMPTY.has(stem));
}

const AGAIN = /\b(?:again|once more|repeat)\b/i;

/** Whether it asks to hear once more what it quotes of the patient's. */
export function asksAgain(agentText: string): boolean {
  const asked = askingClauses(agentText).some(({ text }) => AGAIN.test(text));
  return asked && quotedIn(agentText) !== '';
}

/** Whether the trigger was said last, or its words come back now that it is out. */
function isOnTrigger(script: Script, told: Disclosure, { agentText, turn }: Moment): boolean {
  const { triggerTurn } = told;
  if (triggerTurn === undefined) return false;
  return triggerTurn === turn - 2 || quotesTrigger(script, agentText);
}

function answerOnTrigger(script: Script, told: Disclosure, turn: number): Directed {
  const [next] = [...furtherFacts(script, told, turn), ...kindred(script, told, turn)];
  if (next) return tellAll([next], script, told, turn);
  return directed('facts', told, [gistOf(triggerLine(script))]);
}

function answerOnLast(script: Script, told: Disclosure, moment: Moment): Directed {
  const { turn } = moment;
  const last = told.released.findLast((release) => release.turn === turn - 2);
  const fact = script.scenario.ledger.find(({ id }) => id === last?.fact);
  const line = fact && told.said[fact.id];
  if (!fact || line === undefined || furtherFacts(script, told, turn).length > 0) {
    return answerOpenly(script, told, turn);
  }
  return tellOnceMore(fact, line, told, moment);
}
