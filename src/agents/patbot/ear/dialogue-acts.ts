import { wordsOf } from '../../../transcript/spoken.js';
import type { PatientPhrases } from '../phrases.js';
import { askingClauses, sentencesOf } from './asking-clauses.js';
import { CUES, type Act } from './ear.js';

/** What is only meant for a case that may come ("if it gets worse, ring 999") is not done now. */
const CONDITIONAL = /\b(?:if|unless|in case|should (?:it|you|things|anything)|otherwise)\b/i;

/** Cues that only a question gives: "have somebody with you" asks for nothing. */
const ASKED: readonly Act[] = ['asks-company', 'asks-way'];

/** The acts that phrases tell, whatever else is asked in the turn. */
export function actsIn(text: string, hearing: PatientPhrases['hearing']): Act[] {
  const sentences = sentencesOf(text);
  const now = sentences.filter((sentence) => !CONDITIONAL.test(sentence)).map(spoken);
  const all = sentences.map(spoken);
  const acts: readonly [Act, readonly string[], readonly string[]][] = [
    ['greets', all, hearing.greeting],
    ['reads-back', all, hearing.readingBack],
    ['advises', now, hearing.advice],
    ['escalates', now, hearing.escalation],
    ['hands-over', now, hearing.handover],
    ['settles', all, hearing.settling],
    ['says-goodbye', all, hearing.goodbye],
  ];
  const told = acts.flatMap(([act, said, phrases]) => (holdsAny(said, phrases) ? [act] : []));
  return [...told, ...cuesIn(text, hearing)];
}

/** Questions of a kind that is answered otherwise than by its topic: set words tell them. */
export function cuesIn(text: string, hearing: PatientPhrases['hearing']): Act[] {
  const said = sentencesOf(text).map(spoken);
  const phrases = {
    'asks-which': hearing.choosing,
    'asks-for-more': hearing.askingForMore,
    'asks-about-that': hearing.askingAboutThat,
    'asks-safety': hearing.safety,
    'asks-company': hearing.company,
    'asks-way': hearing.way,
    'asks-to-pass-on': hearing.passingOn,
    offers: hearing.offering,
  };
  const asked = askingClauses(text).map((clause) => spoken(clause.text));
  return CUES.filter((cue) => holdsAny(ASKED.includes(cue) ? asked : said, phrases[cue]));
}

function holdsAny(sentences: readonly string[], phrases: readonly string[]): boolean {
  if (sentences.length === 0) return false;
  const all = sentences.join('\n');
  return spokenPhrases(phrases).some((phrase) => all.includes(phrase));
}

const spokenLists = new WeakMap<readonly string[], readonly string[]>();

/** The lists of phrases are the same in every turn. */
function spokenPhrases(phrases: readonly string[]): readonly string[] {
  const known = spokenLists.get(phrases) ?? phrases.map(spoken);
  spokenLists.set(phrases, known);
  return known;
}

function spoken(text: string): string {
  return ` ${wordsOf(text).join(' ')} `;
}
