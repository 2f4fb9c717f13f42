import { askingClauses } from '../ear/asking-clauses.js';
import { isAnyAgreement, type Topic } from '../ear/topics.js';
import { answerAboutThat, asksAgain, namesNothing } from './answer-about-that.js';
import { answerHelp, asksHelp, topicsBeside } from './answer-help.js';
import { answerForMore } from './answer-openly.js';
import { answerQuoted } from './answer-quoted.js';
import { answerSituation, asksSituation } from './answer-situation.js';
import { answerMessage, answerOffer } from './commit.js';
import {
  directed,
  mayTell,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { gistOf } from './fact-lines.js';
import { tellAll } from './tell-facts.js';
import { isSameMatter, quotesTrigger, triggerLine } from './trigger-matter.js';
import { isStranger } from './vignette-answer.js';
import { byWeight } from './weight.js';

/** The answer to a question that is known by its words and not by its topic; undefined where its topic answers it. */
export function answerCue(script: Script, told: Disclosure, moment: Moment): Directed | undefined {
  return asksNumber(script, moment)
    ? directed('agreement', told)
    : answerKind(script, told, moment);
}

function answerKind(script: Script, told: Disclosure, moment: Moment): Directed | undefined {
  const { acts, form, topics } = moment.heard;
  if (acts.includes('asks-which')) return answerChoice(script, told, moment);
  if (asksHelp(moment)) {
    return topicsBeside(moment).length > 0 ? undefined : answerHelp(script, told, moment);
  }
  if (asksSituation(acts)) return answerSituation(script, told, moment);
  if (acts.includes('asks-about-that') && namesNothing(moment.agentText)) {
    return answerAboutThat(script, told, moment);
  }
  if (asksAgain(moment.agentText)) {
    const quoted = answerQuoted(script, told, moment);
    if (quoted) return quoted;
  }
  if (topics.some((topic) => isOfItsOwn(topic, script))) return undefined;
  if (acts.includes('asks-to-pass-on')) return answerOffer(script, told, moment);
  if (form === undefined) return undefined;
  if (acts.includes('asks-for-more')) {
    return answerMessage(script, told, moment) ?? answerForMore(script, told, moment.turn);
  }
  return acts.includes('offers') ? answerOffer(script, told, moment) : undefined;
}

/** "Is this the right number for them to ring?": whoever was reached on it agrees, strangers apart. */
const NUMBER = /\b(?:is|on) this (?:still )?(?:the )?(?:right |best |good |correct )?number\b/i;
function asksNumber({ scenario }: Script, { agentText }: Moment): boolean {
  const asked = askingClauses(agentText).some(({ text }) => NUMBER.test(text));
  return asked && !isStranger(scenario);
}

/** Neither any agreement nor how somebody is. */
function isOfItsOwn(topic: Topic, { scenario }: Script): boolean {
  if (isAnyAgreement(topic)) return false;
  const { kind, id } = topic;
  const fact = kind === 'fact' ? scenario.ledger.find((fact) => fact.id === id) : undefined;
  return kind !== 'trigger' && fact?.greeting !== true;
}

/** Between two versions: the fact that settles it, also where it is due a turn later, else the version said last. */
function answerChoice(script: Script, told: Disclosure, moment: Moment): Directed | undefined {
  const { ledger, trigger } = script.scenario;
  const { agentText, turn } = moment;
  if (told.triggerTurn === undefined) return undefined;
  if (!trigger.corrects && !quotesTrigger(script, agentText)) return undefined;
  const later = ledger.filter(
    (fact) => isSameMatter(script, fact) && fact.earliestTurn >= trigger.earliestTurn,
  );
  const settling = byWeight(later, script, told).find(
    (fact) => mayTell(fact, turn + 2) && told.said[fact.id] === undefined,
  );
  if (settling) return tellAll([settling], script, told, turn);
  const said = later.findLast(({ id }) => told.said[id] !== undefined);
  const line = (said && told.said[said.id]) ?? gistOf(triggerLine(script));
  return directed('facts', told, [line]);
}
