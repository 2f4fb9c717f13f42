import { stemsOf, wordsOf } from '../../../transcript/spoken.js';
import { holds } from './answer-grammar.js';

const LISTS =
  /^(?:[^,]*, )?((?:(?:have|has|had|did|do|does|are|is|was|were) (?:you|he|she|they|there|your \w+|his \w+|her \w+)|any)\b)((?: (?:ever|been|had|felt|got|noticed|any))*) (.+? or .+)\?$/i;
/** An option with a verb of its own: "or gone down". */
const OWN_VERB = /^(?:been|had|gone|passed|noticed|taken|broken|stopped|fallen|felt|\w+ed) /i;
const BASE_VERB = /^(?:get|feel|wake|have|take|notice|see|need|go|come|stop)\b/i;
const NO_OPTION = /^(?:since|in|under|when|while|lately|at all|at any|or|such|for|over)\b/i;
/** Ways of asking after one thing: who tells one of them has told of it. */
const FEVER =
  /^(?:any |had |felt |a |been )*(?:hot|cold|shiver|shak|fever|temperature|taken your temp)/i;
/** A word for all of them, or a denial. */
const OF_ALL = /\b(?:neither|nothing|none|nowt|no|both|either|all|anything|never)\b/i;

/** When it was, and no part of what is asked after: "nose since you went home". */
const WHEN = / (?:since|this|these|at the moment|at all|lately|recently|while|when)\b.*$/i;

function optionsIn(list: string): string[] {
  return list.split(/,? or |, /).filter((option) => option !== '' && !NO_OPTION.test(option));
}

/** A denial of all at once: "No." or "nothing like that", and not "no blood". */
const OF_ITSELF =
  /^\W*(?:no|nope|nah|naw|never|none|nothing|nowt|neither|not (?:at all|that|really|one|any))\b(?: (?:at all|like that|of (?:that|those|them)|that i|since|so far|love|thanks?|thank you|doctor|nurse)\b.*)?\W*$/i;

/**
 * The other of two things asked about ("blood or mucus") where only one is named and denied, asked
 * by itself; undefined where all of it is denied, or as many things as were asked after.
 */
export function deniedLeft(question: string, reply: string): string | undefined {
  const [, lead = '', verbs = '', list = ''] = LISTS.exec(question) ?? [];
  const options = optionsIn(list).map((option) => option.replace(WHEN, ''));
  if (options.length !== 2 || options.every((option) => FEVER.test(option))) return undefined;
  const denial = loneDenial(reply);
  if (denial === undefined) return undefined;
  const said = stemsOf(denial);
  const names = (option: string) => [...stemsOf(option)].some((stem) => said.has(stem));
  const [one = '', other = ''] = options;
  if (names(one) === names(other)) return undefined;
  const left = names(one) ? other : one;
  if (OWN_VERB.test(left) || wordsOf(left).length > 3) return undefined;
  return asked(lead, verbs, '', left);
}

/** A reply that is one clause, and denies something without denying all. */
function loneDenial(reply: string): string | undefined {
  const [clause, ...others] = reply.split(/[.;,!]/).filter((each) => each.trim() !== '');
  if (clause === undefined || others.length > 0) return undefined;
  const isOfAll = OF_ITSELF.test(clause) || /\b(?:or|nor|either|neither|both|all)\b/i.test(clause);
  return !isOfAll && holds('no', clause) ? clause : undefined;
}

/** The verb that an option has from the one before it: "or feel muzzy or sleepy". */
function verbBefore(options: readonly string[], at: number): string {
  const before = options.slice(0, at + 1).findLast((option) => BASE_VERB.test(option)) ?? '';
  return before === options[at] ? '' : (BASE_VERB.exec(before)?.[0] ?? '');
}

function asked(lead: string, verbs: string, verb: string, option: string): string {
  const article = /^(?:an?|the|your|some) /i.test(option);
  const kept = OWN_VERB.test(option) ? '' : article ? verbs.replace(/ any$/i, '') : verbs;
  const begins = article ? lead.replace(/^are there$/i, 'Is there') : lead;
  const words = [`${begins}${kept}`, verb, option].filter((each) => each !== '').join(' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}?`;
}

/**
 * The one of several things asked about ("light-headed or gone down") that a reply affirming
 * another passes over, asked by itself; undefined where the reply denies, or the question has no list.
 */
export function optionLeft(question: string, reply: string): string | undefined {
  const [, lead = '', verbs = '', list = ''] = LISTS.exec(question) ?? [];
  const options = optionsIn(list);
  if (options.length < 2 || OF_ALL.test(reply) || holds('no', reply)) return undefined;
  if (options.every((option) => FEVER.test(option))) return undefined;
  const said = new Set([...wordsOf(reply), ...stemsOf(reply)]);
  const isLeft = (option: string) => ![...stemsOf(option)].some((stem) => said.has(stem));
  const open = options.findLast(isLeft);
  if (
    open === undefined ||
    wordsOf(open.replace(WHEN, '')).every((word) => holds('site', word) || word === 'lower')
  )
    return undefined;
  const bare = /^do/i.test(lead) ? verbBefore(options, options.indexOf(open)) : '';
  return asked(lead, verbs, bare, open);
}
