import type { Fact } from '../../../scenarios/scenario.js';
import { stemsOf, wordsOf } from '../../../transcript/spoken.js';
import { askingClauses, partsOf } from '../ear/asking-clauses.js';
import type { Act, Heard } from '../ear/ear.js';
import { isAnyAgreement, type Topic } from '../ear/topics.js';
import type { Direction } from '../patient.js';
import {
  directed,
  mayTell,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { answerFacts, tellAll } from './tell-facts.js';
import { isWeighty } from './weight.js';

type SituationAct = Extract<Act, 'asks-safety' | 'asks-company' | 'asks-way'>;

/** What a patient says where its case does not tell, and what a fact must be about to tell it. */
const SITUATIONS: Readonly<
  Record<SituationAct, { kind: Direction['kind']; about: readonly string[] }>
> = {
  'asks-safety': { kind: 'free-to-talk', about: [] },
  'asks-company': { kind: 'company', about: ['alone'] },
  'asks-way': { kind: 'way', about: ['transport'] },
};

/** What a fact is about that answers a question on safety with this word in it. */
const SAFETY: Readonly<Record<string, readonly string[]>> = {
  safe: ['safe'],
  danger: ['danger', 'safe'],
  hurt: ['hurt'],
  overhear: ['overhear', 'private'],
  overheard: ['overhear', 'private'],
  freely: ['private'],
};

/** Words of a question on danger: "is it safe to talk?" only asks whether the patient can. */
const DANGER =
  /\b(?:suicid\w*|your (?:own )?life|kill\w*|harm\w*|hurt\w*|danger\w*|die|dying|dead|safe(?! (?:for you )?to (?:talk|speak)))\b/i;

/** A part of such a question that asks of safety alone: whoever else it is heard to name was not asked for. */
const SAFE = /\b(?:safe\w*|danger\w*|overheard?|freely|private\w*)\b/i;

function isOnDanger({ redFlag, about }: Fact): boolean {
  return redFlag || DANGER.test(about.join(' '));
}

/** Whether it is asked if somebody is in danger or a danger. */
export function asksOfDanger({ heard, agentText }: Moment): boolean {
  const asked = askingClauses(agentText).some(({ text }) => DANGER.test(text));
  return asked && heard.acts.includes('asks-safety');
}

export function asksSituation(acts: readonly Act[]): boolean {
  return situationsIn(acts).length > 0;
}

/**
 * Asked whether it is safe, who is there or who could help it go: first what the level hangs on, then
 * what was asked in so many words, then what a fact is about. Undefined where another topic answers.
 */
export function answerSituation(
  script: Script,
  told: Disclosure,
  moment: Moment,
): Directed | undefined {
  const { heard, turn } = moment;
  const { fresh, fitting, isWeighed } = factsOn(script, told, moment);
  const topics = heard.topics.filter((topic) => !isBeside(topic, heard, fitting));
  const byFacts = isWeighed || topics.every(({ kind }) => kind === 'fact');
  if (fresh.length > 0 && byFacts) return tellAll(fresh, script, told, turn);
  if (topics.length > 0) return undefined;
  if (fitting.length > 0) return answerFacts(fitting, script, told, moment);
  const [situation] = situationsIn(heard.acts).toReversed();
  return situation && directed(SITUATIONS[situation].kind, told);
}

/** Facts that bear on the situation, of them those to tell now: as many as questions, two at most. */
function factsOn(script: Script, told: Disclosure, moment: Moment) {
  const { heard, agentText, turn } = moment;
  const asked = askingClauses(agentText).map(({ text }) => text);
  const facts = script.scenario.ledger.filter((fact) => mayTell(fact, turn) && !fact.greeting);
  const fitting = facts.filter((fact) => bearsOn(fact, asked, heard.acts));
  const only = fitting.length > 0 && asked.flatMap(partsOf).every((part) => SAFE.test(part));
  const named = facts.filter(
    (fact) => isNamed(fact.id, heard) && (!only || isOnDanger(fact) || fitting.includes(fact)),
  );
  const weighty = asksOfDanger(moment) ? weightiest(facts, named, asked, script, told) : [];
  const most = Math.min(2, weighty.length + asked.flatMap(partsOf).length);
  const fresh = [...new Set([...weighty, ...named, ...fitting])]
    .filter(({ id }) => told.said[id] === undefined)
    .slice(0, most);
  return { fresh, fitting, isWeighed: weighty.length > 0 };
}

function situationsIn(acts: readonly Act[]): SituationAct[] {
  return acts.filter((act): act is SituationAct => act in SITUATIONS);
}

/** "Who could take you?" is sometimes heard as "Who are you?", "can you talk?" as an agreement. */
function isBeside(topic: Topic, { acts }: Heard, fitting: readonly Fact[]): boolean {
  const { kind, id } = topic;
  if (kind === 'vignette') return id === 'speaker' || id === 'name';
  const putAsAgreement = acts.includes('asks-safety') && fitting.length > 0;
  return isAnyAgreement(topic) || (kind === 'commitment' && putAsAgreement);
}

/** Whether what is asked names what a fact is about, or the situation asked for does. */
function bearsOn({ about }: Fact, asked: readonly string[], acts: readonly Act[]): boolean {
  const words = acts.includes('asks-safety') ? asked.flatMap(wordsOf) : [];
  const wanted = [
    ...words.flatMap((word) => SAFETY[word] ?? []),
    ...situationsIn(acts).flatMap((act) => SITUATIONS[act].about),
  ];
  return wanted.some((word) => about.includes(word));
}

function weightiest(
  facts: readonly Fact[],
  named: readonly Fact[],
  asked: readonly string[],
  script: Script,
  told: Disclosure,
): Fact[] {
  const stems = stemsOf([...asked, ...named.map(questionsOn)].join(' '));
  return facts
    .filter(
      (fact) =>
        told.said[fact.id] === undefined &&
        fact.answers.length === 0 &&
        isWeighty(fact, script, told) &&
        [...stemsOf(questionsOn(fact))].some((stem) => stems.has(stem)),
    )
    .slice(0, 1);
}

function questionsOn({ topic = '', asked }: Fact): string {
  return [topic, ...asked].join(' ');
}

function isNamed(id: string, { topics }: Heard): boolean {
  return topics.some((topic) => topic.kind === 'fact' && topic.id === id);
}
