import type { Scenario } from '../../../scenarios/scenario.js';
import { stemsOf, wordsOf } from '../../../transcript/spoken.js';
import { sentencesOf } from './patient-words.js';

/** What a body does or suffers, and what was done with medicines, in everyday words. */
const OF_HEALTH =
  /\b(?:pains?|painful|hurt\w*|ach\w+|sore|sting\w*|burn\w*|bleed\w*|blood\w*|breath\w*|short|chest|heart|legs?|arms?|back|tummy|bell(?:y|ies)|guts?|head|eyes?|see|seeing|swell\w*|swollen|swelled|lumps?|balloon|hot(?! water)|fever|temperature|shiver\w*|shak\w+|rigor\w*|sweat\w*|cold|grey|blue|red|black|dark|cola|sick|vomit\w*|brought up|dizzy|faint\w*|collaps\w*|passed out|fell|falls?|confus\w*|muddl\w*|numb\w*|weak\w*|slur\w*|droop\w*|crawl\w*|walk\w*|sleep\w*|awake|drink\w*|thirst\w*|pee\w*|wee|urine|bag|bowl|loo|toilet|lav\w*|poo|motions?|tablets?|pills?|capsules?|dose\w*|inhalers?|injection\w*|puffs?|doubled?|chucked|stopped|took|taking|binned|turned|put|off|leav(?:e|ing)|miss\w*|pregnant|periods?|weeks?|worse|twice|weight|stone|kilos?|pounds?|pillows?|wound|stitches|pus|leak\w*|smell\w*|rash|itch\w*|lips?|tongue|throat|died?|dead|kill\w*|harm\w*|wrists?|cut)\b/gi;

/** What is told of somebody, not of things in general. */
const OWN = /\b(?:me|my|his|her|i['’](?:m|ve|d)|i (?:am|was|had|have|get|can)|(?:he|she)['’]s)\b/i;

/** Refusals, grievances, beliefs and courtesies, which set no level. */
const NO_FINDING =
  /\b(?:no more of|(?:un)?like our|leave it there|you lot|letters?|complain\w*|robot|joke|appointment|on hold|call back|rang|ring|phoned|i want|i don['’]t want|they say|they said|everybody knows|everyone knows|i read|it['’]s all|poison|natural\w*|bod(?:y|ies)|heal\w*|means|immune|common sense|stands to reason|no such thing|good thing|cannae hurt|can['’]t hurt|you want|doctors? says?|safer?|my (?:own )?fault|god|love|please|questions?)\b/i;

/** What such words leave of a sentence's weight. */
const ASIDE = 0.3;
/** Words up to which sentences are said back together. */
const BRIEF = 24;
/** Words below which a sentence does not stand alone. */
const STANDS_ALONE = 5;

/** Why a level was set, in the patient's words. */
export interface Telling {
  /** The sentence that bears most on it, with its neighbour where both are brief: to be said. */
  readonly brief: string;
  /** All sentences that bear on it: for the note. */
  readonly all: string;
}

/**
 * What in the patient's words bears on why they matter: never a refusal, a belief or an anecdote
 * beside it. Where no sentence does, all of them.
 */
function tellingWords({ ledger, escalation, vignette }: Scenario, text: string): Telling {
  const spoken = sentencesOf(text);
  const flags = ledger.filter(({ redFlag }) => redFlag).map((fact) => fact.text);
  const matter = stemsOf([escalation.reason, ...flags, ...vignette.drugs].join(' '));
  const weights = spoken.map((sentence) => weightOf(sentence, matter));
  const best = weights.indexOf(Math.max(...weights));
  const long = wordsOf(text).length > BRIEF;
  if (spoken.length < 2 || (weights[best] ?? 0) < (long ? 1 : 2)) return wholly(text);
  const all = spoken.filter((_, index) => (weights[index] ?? 0) >= 1).join(' ');
  return { brief: around(best, spoken, weights), all };
}

/** Levels that rest on some words of a turn more than on others. */
const BY_LEVEL: readonly string[] = ['SOON', 'URGENT', 'HANDOVER', 'EMERGENCY'];

/** What a level rests on: the fact that raised it where one did, else what in the cue bears on it. */
export function tellingOf(
  scenario: Scenario,
  text: string,
  fact: string | undefined,
  { act }: Pick<Scenario['escalation'], 'act'> | { readonly act: 'none' },
): Telling {
  if (fact !== undefined) return wholly(fact);
  return BY_LEVEL.includes(act) ? tellingWords(scenario, text) : wholly(text);
}

/** Words that are told whole. */
export function wholly(text: string): Telling {
  return { brief: text, all: text };
}

function weightOf(sentence: string, matter: ReadonlySet<string>): number {
  if (sentence.endsWith('?') && wordsOf(sentence).length < STANDS_ALONE) return 0;
  const shared = [...stemsOf(sentence)].filter((stem) => matter.has(stem)).length;
  const ofHealth = sentence.match(OF_HEALTH)?.length ?? 0;
  const own = OWN.test(sentence) ? 1 : 0;
  if (shared + ofHealth === 0) return 0;
  return (2 * shared + ofHealth + own) * (NO_FINDING.test(sentence) ? ASIDE : 1);
}

/** The sentence with what follows it, or what a short one follows. */
function around(best: number, sentences: readonly string[], weights: readonly number[]): string {
  const [sentence = '', next = ''] = sentences.slice(best);
  const both = `${sentence} ${next}`;
  if (next !== '' && (weights[best + 1] ?? 0) >= 1 && wordsOf(both).length <= BRIEF) return both;
  const before = sentences[best - 1];
  const short = wordsOf(sentence).length < STANDS_ALONE && before !== undefined;
  return short && (weights[best - 1] ?? 0) > 0 ? `${before} ${sentence}` : sentence;
}
