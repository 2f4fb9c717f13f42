import type { Fact } from '../../../scenarios/scenario.js';
import { stemsOf } from '../../../transcript/spoken.js';
import { askingClauses } from '../ear/asking-clauses.js';
import { answerOpenly } from './answer-openly.js';
import {
  directed,
  tell,
  untold,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { gistOf, otherWording } from './fact-lines.js';
import { furtherFacts } from './further-facts.js';
import { tellAll } from './tell-facts.js';
import { quotesTrigger, triggerLine } from './trigger-matter.js';

/** Asked for more on what was said last: what belongs to it and is due, else the same once more. */
export function answerAboutThat(script: Script, told: Disclosure, moment: Moment): Directed {
  return isOnTrigger(script, told, moment)
    ? answerOnTrigger(script, told, moment.turn)
    : answerOnLast(script, told, moment.turn);
}

/** Words of such a question that say nothing of its matter. */
const EMPTY = stemsOf('tell more mean meant explain little please again mentioned sorry help');

/** Whether it asks by "that" and quoted words alone, so that what it may be heard to be about is chance. */
export function namesNothing(agentText: string): boolean {
  const asked = askingClauses(agentText).map(({ text }) => text);
  return [...stemsOf(asked.join(' '))].every((stem) => EMPTY.has(stem));
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

function answerOnLast(script: Script, told: Disclosure, turn: number): Directed {
  const last = told.released.findLast((release) => release.turn === turn - 2);
  const fact = script.scenario.ledger.find(({ id }) => id === last?.fact);
  const line = fact && told.said[fact.id];
  if (!fact || line === undefined || furtherFacts(script, told, turn).length > 0) {
    return answerOpenly(script, told, turn);
  }
  const other = otherWording(fact, line) ?? gistOf(line);
  return directed('facts', tell(fact, other, told, turn), [other]);
}

/** Facts on no item of the clinic's list that speak of what the trigger speaks of, the nearest first. */
function kindred(script: Script, told: Disclosure, turn: number): Fact[] {
  const { trigger } = script.scenario;
  const matter = stemsOf(
    [triggerLine(script), trigger.topic ?? '', ...trigger.asked, ...trigger.about].join(' '),
  );
  const nearness = ({ text, topic = '', asked, about }: Fact) =>
    [...stemsOf([text, topic, ...asked, ...about].join(' '))].filter((stem) => matter.has(stem))
      .length;
  return untold(script, told, turn)
    .filter(
      ({ release, greeting, answers }) =>
        release !== 'volunteered' && !greeting && answers.length === 0,
    )
    .filter((fact) => nearness(fact) >= KINDRED)
    .toSorted((a, b) => nearness(b) - nearness(a));
}

/** So many stems in common with the trigger speak of its matter. */
const KINDRED = 2;
