import type { Fact } from '../../../scenarios/scenario.js';
import { askingClauses, invitesAgreement, partsOf } from '../ear/asking-clauses.js';
import { isAnyAgreement, type Topic } from '../ear/topics.js';
import { asksOfDanger } from './answer-situation.js';
import { agree } from './commit.js';
import {
  directed,
  mayTell,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { tellAll } from './tell-facts.js';

/** A question on who is there now, or who could come to it. */
const COMPANY =
  /\b(?:(?:who(?:'s| is)|anybody|anyone|somebody|someone) (?:else )?(?:there |here |at home )?with you\b(?! (?:tonight|overnight|for|on|the|that|when|after)\b)|(?:anybody|anyone|somebody|someone) (?:else |nearby |close by )?(?:who )?(?:could|can) (?:come|sit with you|be with you)\b)/i;
/** A question on who could take the patient, or whether it can get there. */
const WAY = /\b(?:who|anybody|anyone|somebody|someone) .*\b(?:take|drive|bring|run) you\b/i;
/** What a part of such a turn holds that asks nothing else. */
const HELP = /\b(?:with you|there with|(?:take|drive|bring|run) you|get there)\b/i;
/** Words without which nobody is asked who it is. */
const IDENTITY = /\b(?:who|names?|birth\w*|born|dob|identity|speaking)\b/i;

/** Whether it is asked who is there or who could take it, and not whether it is in danger. */
export function asksHelp(moment: Moment): boolean {
  return (asksCompany(moment) || asksWay(moment)) && !asksOfDanger(moment);
}

function asksCompany({ heard, agentText }: Moment): boolean {
  return heard.acts.includes('asks-company') || parts(agentText).some((part) => COMPANY.test(part));
}

function asksWay({ heard, agentText }: Moment): boolean {
  return heard.acts.includes('asks-way') || parts(agentText).some((part) => WAY.test(part));
}

/** Whether a turn asks who it is beside asking who is there. */
export function asksWhoItIs({ agentText }: Moment): boolean {
  return elsewhere(agentText).some((part) => IDENTITY.test(part));
}

/** What is asked beside: "who could take you?" itself is heard as whatever is nearest to it. */
export function topicsBeside({ heard, agentText }: Moment): Topic[] {
  const asksMore = elsewhere(agentText).some((part) => !invitesAgreement(part));
  return heard.topics.filter((topic) => {
    if (isAnyAgreement(topic) || isOnSpeaker(topic)) return false;
    return topic.kind === 'commitment' || asksMore;
  });
}

/** Whoever the case knows of, by a fact or by what it commits itself to; else what weighs nothing. */
export function answerHelp(script: Script, told: Disclosure, moment: Moment): Directed {
  const way = asksWay(moment);
  const known = knownHelp(script, told, moment, true);
  return known ?? directed(way ? 'way' : 'company', told);
}

/** Adds whoever the case knows of; who has only just hesitated promises nothing yet. */
export function withHelp(answered: Directed, script: Script, moment: Moment): Directed {
  const { direction, disclosure } = answered;
  if (!asksHelp(moment) || direction.kind !== 'facts') return answered;
  const commits = disclosure.asked.length === 0;
  const help = knownHelp(script, disclosure, moment, commits);
  if (!help) return answered;
  const lines = [...new Set([...direction.lines, ...help.direction.lines])];
  return directed('facts', help.disclosure, lines);
}

function knownHelp(
  script: Script,
  told: Disclosure,
  moment: Moment,
  commits: boolean,
): Directed | undefined {
  const { heard, agentText, turn } = moment;
  const wanted = asksWay(moment) ? (['transport', 'alone'] as const) : (['alone'] as const);
  const named = heard.topics.map(({ id }) => id);
  for (const word of wanted) {
    const facts = script.scenario.ledger.filter(
      (fact) => mayTell(fact, turn) && fact.about.includes(word),
    );
    const fact = facts.find(({ id }) => named.includes(id)) ?? firstUntold(facts, told);
    if (fact) return tellAll([fact], script, told, turn);
    const index = script.scenario.commitments.findIndex(({ about }) => about.includes(word));
    if (commits && index >= 0) return agree(String(index + 1), script, told, agentText);
  }
  return undefined;
}

function firstUntold(facts: readonly Fact[], { said }: Disclosure): Fact | undefined {
  return facts.find(({ id }) => said[id] === undefined) ?? facts[0];
}

function parts(agentText: string): string[] {
  return askingClauses(agentText).flatMap(({ text }) => partsOf(text));
}

function elsewhere(agentText: string): string[] {
  return parts(agentText).filter((part) => !HELP.test(part) && !COMPANY.test(part));
}

function isOnSpeaker({ kind, id }: Topic): boolean {
  return kind === 'vignette' && (id === 'speaker' || id === 'name');
}
