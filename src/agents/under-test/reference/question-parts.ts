import { stemsOf, wordsOf } from '../../../transcript/spoken.js';
import { holds, kindOf } from './answer-grammar.js';

const ASKS =
  '(?:how|when|what|which|who|where|why|since when|for how long|is|are|was|were|do|does|did|has|have|can|could|will|would)\\b';
/** Where a second question begins within a sentence. */
const AND = new RegExp(`,? and (?=${ASKS})`, 'i');
const OR = new RegExp(`,? or (?=${ASKS})`, 'i');
const OPENS = /^(?:and|so|but|now)[, ]+/i;

function asQuestion(part: string): string {
  const bare = part.replace(OPENS, '').trim();
  return `${bare.charAt(0).toUpperCase()}${bare.slice(1)}?`;
}

/** "Can you lie flat, or do you get breathless?": a yes tells nothing, since only one half is good. */
function isMixed(halves: readonly string[]): boolean {
  const sides = (list: string) => new Set(halves.map((half) => holds(list, half))).size;
  return sides('symptom') > 1 || sides('state') > 1;
}

/** The single questions that an item's question puts; a choice between two ways of being is one. */
export function partsOf(question: string): string[] {
  return question
    .replace(/\?$/, '')
    .split(AND)
    .flatMap((part) => {
      const halves = part.split(OR);
      return isMixed(halves) || kindOf(`${part}?`)?.kind === 'change' ? [part] : halves;
    })
    .map(asQuestion);
}

/** Whether a single question is a choice that a bare yes or no does not make. */
export function isChoice(question: string): boolean {
  const halves = question.split(OR);
  return kindOf(question)?.kind === 'choice' && (halves.length < 2 || isMixed(halves));
}

const WITHOUT =
  /^((?:are|is|can|do|does|did|have|has) .+?) without (being|feeling|getting) ([\w ]+)\?$/i;

/** "Managing food without being sick?": how it is done, and the symptom that must not come with it. */
function withoutSymptom(question: string): string[] {
  const [, whole, verb, symptom = ''] = WITHOUT.exec(question) ?? [];
  if (!whole || !holds('symptom', symptom)) return [question];
  return [`${whole}?`, `Are you ${verb} ${symptom} at all?`];
}

/** The single questions of one on which a red flag may hang: a symptom in it is asked by itself. */
export function strictPartsOf(question: string): string[] {
  return partsOf(question).flatMap(withoutSymptom);
}

const SITES =
  /\b((?:(?:the|your|his|her|their|either|a|an|any) )?)([a-z]{3,}) or ((?:(?:the|your|his|her|their|a|an|any) )?)([a-z]{3,})(?=[ ?,]|$)/i;
/** A "no" to the whole, so that neither needs naming. */
const OF_ALL = /\b(?:neither|nothing|none|nowt|no|both|either|all|anything|never)\b/i;

/** The one of two things asked about ("jaw or thighs") that a denial passes over, asked by itself. */
export function siteLeft(question: string, reply: string): string | undefined {
  const [, article = '', one = '', own = '', other = ''] = SITES.exec(question) ?? [];
  const sites = holds('site', one) && holds('site', other);
  if (!sites || OF_ALL.test(reply) || holds('change', reply)) return undefined;
  const denied = reply.split(/[.;,!]/).filter((each) => holds('no', each) || holds('state', each));
  const said = new Set(denied.flatMap((each) => [...wordsOf(each), ...stemsOf(each)]));
  const names = (site: string) => [site, ...stemsOf(site)].some((each) => said.has(each));
  if (names(one) === names(other)) return undefined;
  const [left, before] = names(one) ? [other, own || article] : [one, article];
  return `Any of that in ${before}${left}?`;
}
