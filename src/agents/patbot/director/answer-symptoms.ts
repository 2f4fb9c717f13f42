import { askingClauses } from '../ear/asking-clauses.js';
import { answerOpenly } from './answer-openly.js';
import {
  directed,
  untold,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { tellAll } from './tell-facts.js';

const PRESENT = /\b(?:symptoms?|unwell|poorly|worr(?:y|ies|ied|ying)|left you|feel(?:ing)?)\b/i;
const PAST = /\b(?:ever|past|before|history|conditions?|illness(?:es)?|diagnos\w+|years?)\b/i;

/** Whether it is asked how somebody is now: no illness of the past answers that. */
export function asksOfSymptoms({ agentText }: Moment): boolean {
  const asked = askingClauses(agentText)
    .map(({ text }) => text)
    .join(' ');
  return PRESENT.test(asked) && !PAST.test(asked);
}

/** What the level can hang on, else that there is nothing where the case denies something, else what need not be asked for. */
export function answerSymptoms(script: Script, told: Disclosure, { turn }: Moment): Directed {
  const weighty = untold(script, told, turn).find(
    ({ redFlag, escalation }) => redFlag || escalation !== undefined,
  );
  if (weighty) return tellAll([weighty], script, told, turn);
  if (script.scenario.denies.length > 0) return directed('denial', told);
  return answerOpenly(script, told, turn);
}
