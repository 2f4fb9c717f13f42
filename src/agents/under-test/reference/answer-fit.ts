import { stemsOf, wordsOf } from '../../../transcript/spoken.js';
import {
  holds,
  kindOf,
  opensWith,
  weigh,
  type AnswerKind,
  type Evasion,
} from './answer-grammar.js';
import { echoes, isMisheard } from './said-in-doubt.js';
import { deniedLeft, optionLeft } from './listed-options.js';
import { isChoice, partsOf, siteLeft, strictPartsOf } from './question-parts.js';
import { sentences, statementsOf } from './sentences.js';

/** What hangs on an answer. */
export interface Stake {
  /** The reply is known to tell something of this item's matter. */
  readonly matter: boolean;
  /** Nothing may be taken for granted: a red flag may hang on it. */
  readonly strict: boolean;
}

const CLOCK = /\b(?:half past|quarter (?:past|to)|o['’]clock)\b/i;

/** A time of day where a weight or another figure was asked for: a slip, or a muddle. */
function tellsClock({ kind }: AnswerKind, question: string, reply: string): boolean {
  return kind === 'number' && !/\btime|when|often\b/i.test(question) && CLOCK.test(reply);
}

/** Where a thing is and nothing else: "There's one in the kitchen". */
const PLACE =
  /^(?:(?:there|it|that|they|he|she|[\w' ]{2,16}?)(?:['’]s|['’]re| is| are|hangs?|sits?)? ?(?:one )?)?(?:on|in|under|behind|by|over|at|next to) (?:the|my|our|me) (?!morning|afternoon|evening|night|week|past)\w+$/i;

function onlyPlaces(reply: string): boolean {
  const told = sentences(reply).filter((each) => !each.endsWith('?'));
  return told.length > 0 && told.every((each) => PLACE.test(each.replace(/[.!]+\s*$/, '').trim()));
}

const BARE =
  /^(?:a|an|the|this|that|these|those|it|its|it['’]?s|i|im|ive|id|you|he|hes|she|shes|they|theyre|we|there|theres|thats|is|are|was|were|be|been|being|am|do|does|did|doing|has|have|had|having|got|get|gets|getting|can|could|will|would|in|on|at|of|to|for|with|from|by|about|as|like|just|very|quite|so|but|and|or|then|than|at|oh|er|um|well|my|me|our|his|her|your|one|ones|any|much|love|pet|duck|dear|mate|pal|hen|doc|doctor|nurse|thank|thanks|god|please|sorry|really|only|even|too|out|up|bit|mind)$/i;

/** Whether a sentence speaks of something that neither the question nor any answer to it would. */
function isForeign(sentence: string, question: string, { settles }: AnswerKind): boolean {
  const asked = new Set([...wordsOf(question), ...stemsOf(question)]);
  return wordsOf(sentence)
    .filter((word) => !BARE.test(word) && !asked.has(word))
    .filter((word) => ![...stemsOf(word)].some((stem) => asked.has(stem)))
    .some((word) => !['symptom', 'yes', 'no', ...settles].some((list) => holds(list, word)));
}

function sharesMatter(sentence: string, question: string): boolean {
  const matter = stemsOf(question);
  return (
    [...stemsOf(sentence)].some((stem) => matter.has(stem)) ||
    (holds('symptom', question) && holds('symptom', sentence))
  );
}

function nameIn(sentence: string): boolean {
  return /[a-z,] [A-Z]\w+|^[A-Z]\w+[.!]?$/.test(sentence);
}

/** The options of such a choice are the states that it names, not whatever it speaks of. */
function namesStates(question: string): boolean {
  return ['change', 'state', 'symptom'].some((list) => holds(list, question));
}

function hasAny(lists: readonly string[], words: string, question: string): boolean {
  return lists.some((list) => {
    if (list === 'anything') return wordsOf(words).some((word) => !BARE.test(word));
    if (list === 'name') return nameIn(words);
    if (list === 'options') return !namesStates(question) && sharesMatter(words, question);
    return holds(list, words);
  });
}

/** Words up to which a clause after another still answers by its yes or no. */
const BY_ITSELF = 3;
const PLAIN = 10;

/** Whether a sentence is about somebody else than the patient, and does not give their word for it. */
function isAnecdote(sentence: string): boolean {
  return (
    holds('kin', sentence) &&
    !/\b(?:says?|said|reckons?|thinks?|notice[sd]?|look\w*|saw|sees)\b/i.test(sentence)
  );
}

/** A yes, a no or the symptom itself, to a question that asks for one. */
function saysYesNo(clause: string, first: boolean, question: string, form: AnswerKind): boolean {
  if (!form.settles.includes('yes') || form.open) return false;
  const yesNo = opensWith('no', clause) || opensWith('yes', clause);
  if (yesNo && (first || wordsOf(clause).length <= BY_ITSELF)) return true;
  const tellsIt = holds('symptom', question) && holds('symptom', clause);
  return tellsIt && !isForeign(clause, question, form);
}

/** "Jaw's fine" says nothing of the thighs, whatever it denies. */
function namesOtherSite(clause: string, question: string): boolean {
  if (!question.startsWith('Any of that in ')) return false;
  const sites = (text: string) =>
    wordsOf(text)
      .filter((word) => holds('site', word))
      .map(singular);
  const [asked, named] = [sites(question), sites(clause)];
  const none = asked.length > 0 && named.length > 0 && !named.some((site) => asked.includes(site));
  return none && !/^\W*(?:yes|no|nah|aye)\b/i.test(clause);
}

function singular(site: string): string {
  return site.replace(/s$/, '');
}

/** Whether a clause settles a question on which a red flag may hang; `first` of its sentence or not. */
function surely(clause: string, first: boolean, question: string, form: AnswerKind): boolean {
  if (namesOtherSite(clause, question)) return false;
  if (saysYesNo(clause, first, question, form)) return true;
  const ofIt = sharesMatter(clause, question);
  // "But that always did" qualifies what came before it.
  if (/^but\b/i.test(clause) && !ofIt) return false;
  if (!hasAny(form.settles, clause, question)) {
    return form.inItsWords && ofIt && wordsOf(clause).length < 5;
  }
  if (form.settles.includes('anything')) return true;
  const figure = form.binding || form.kind === 'time';
  const plainly = figure && wordsOf(clause).length <= PLAIN;
  return plainly || ofIt || !isForeign(clause, question, form);
}

/** A yes or no that a sentence begins with. */
function isSaid(sentence: string, { settles }: AnswerKind): boolean {
  const [first = ''] = wordsOf(sentence);
  return settles.includes('yes') && isYesNo(first);
}

function settlesSurely(reply: string, question: string, form: AnswerKind): boolean {
  const own = sentences(reply).filter(
    (each) => form.kind === 'person' || isSaid(each, form) || !isAnecdote(each),
  );
  return own.some((sentence) =>
    sentence
      .split(/[;,]/)
      .some((clause, index) => surely(clause.trim(), index === 0, question, form)),
  );
}

/** A yes that hangs on something is no yes. */
function isHedged(left: string, evasions: ReadonlySet<Evasion>): boolean {
  const words = wordsOf(left).filter((word) => !BARE.test(word));
  const bare = words.every((word) => holds('yes', word));
  return bare && (evasions.has('conditional') || evasions.has('vague'));
}

/** Lists of which a word settles a yes-or-no question that was otherwise left to chance. */
const FIRM = ['yes', 'no', 'number', 'drug'];
const OF_DEGREE = ['state', 'change', 'person'];

/** A reply of the item's matter settles it, unless it leaves it to chance: "whichever's nearest". */
function tellsOfMatter(
  left: string,
  evasions: ReadonlySet<Evasion>,
  question: string,
  form: AnswerKind,
): boolean {
  const { kind, binding, settles } = form;
  const loose = evasions.has('loose') && !FIRM.some((list) => holds(list, left));
  if (loose && kind !== 'change' && kind !== 'choice') {
    return hasAny(
      settles.filter((list) => OF_DEGREE.includes(list)),
      left,
      question,
    );
  }
  const lists = kind === 'medicine' ? settles : [...settles, 'amount'];
  return !binding || hasAny(lists, left, question);
}

/** Whether a reply, without its evasions, settles a single question. */
function canAnswer(question: string, reply: string, { matter, strict }: Stake): boolean {
  const form = kindOf(question);
  if (!form) return true;
  const { left, evasions } = weigh(statementsOf(reply));
  if (tellsClock(form, question, reply) || (strict && onlyPlaces(reply))) return false;
  if (matter) return tellsOfMatter(left, evasions, question, form);
  if (left.replace(/\W/g, '') === '' || isHedged(left, evasions)) return false;
  if (isChoice(question) && wordsOf(left).every((word) => BARE.test(word) || isYesNo(word)))
    return false;
  if (!strict) return !form.binding || hasAny(form.settles, left, question);
  if (echoes(question, reply)) return false;
  // Who does not know may deny anything: "search me, I'm no good with dates".
  const lost = evasions.has('unknown') && !form.settles.includes('yes');
  const settles = form.settles.filter((list) => !lost || list !== 'no');
  return settlesSurely(left, question, { ...form, settles });
}

function isYesNo(word: string): boolean {
  return holds('yes', word) || holds('no', word);
}

/** What alone answers yes or no beside another question's answer: a time or a number is the other's. */
const HALF = ['yes', 'no', 'auxiliary', 'state', 'change'];

/** Whether a reply answers one of several questions put at once. */
function answersHalf(part: string, reply: string): boolean {
  const form = kindOf(part);
  if (!form) return true;
  const { left } = weigh(statementsOf(reply));
  const settles = form.inItsWords
    ? HALF.filter((list) => form.settles.includes(list))
    : form.settles;
  return settlesSurely(left, part, { ...form, settles: form.open ? form.settles : settles });
}

/**
 * The part of an item's question that a reply leaves open, in the question's own words; undefined
 * where it is settled. What a rule cannot tell, it leaves open where a red flag may hang on it.
 */
export function openPart(question: string, reply: string, stake: Stake): string | undefined {
  if (isMisheard(question, reply)) return question;
  const parts = stake.strict ? strictPartsOf(question) : partsOf(question);
  const halves = parts.length > 1 && stake.strict;
  const met = parts.map((part) =>
    halves ? answersHalf(part, reply) : canAnswer(part, reply, stake),
  );
  const unmet = parts.filter((part, index) => !met[index] && !isImplied(part, parts, met));
  const lost = unmet.length === parts.length;
  if (unmet.length === 0) {
    return daysLeft(question, reply) ?? (stake.strict ? openOfList(parts, reply) : undefined);
  }
  // What the case gives as the answer answers something of it: what is left is the last part.
  if (lost && halves && stake.matter) return unmet.at(-1);
  return lost ? question : unmet[0];
}

const SOME_DAYS = /\b\w{3,6}days\b.*\b\w{3,6}days\b|\bweekends\b/i;
const ALL_WEEK =
  /\b(?:only|just|rest|other|else|otherwise|never|nowt|nothing|every|daily|week|that['’]s (?:it|all|the lot))\b/i;

/** "Five pints, Fridays and Saturdays", of a whole week: the other days are not told. */
function daysLeft(question: string, reply: string): string | undefined {
  const ofWeek = /\b(?:in|over) a week\b/i.test(question);
  const some = SOME_DAYS.test(reply) && !ALL_WEEK.test(reply);
  if (!ofWeek || !some) return undefined;
  return /\bdrink\b/i.test(question)
    ? 'And what would you drink on the other days of the week?'
    : 'And on the other days of the week?';
}

const FIGURES = ['number', 'duration', 'time', 'name'];

/** "Do you take any, and how many?" "Two": a figure says yes to the question before it. */
function isImplied(part: string, parts: readonly string[], met: readonly boolean[]): boolean {
  const at = parts.indexOf(part);
  const figure = (each: string) => FIGURES.includes(kindOf(each)?.kind ?? '');
  return (
    kindOf(part)?.kind === 'yes-no' && parts.some((each, i) => i > at && met[i] && figure(each))
  );
}

/** What a reply leaves of the things that a question names: the site or the option it passes over. */
function openOfList(parts: readonly string[], reply: string): string | undefined {
  const told = statementsOf(reply);
  const { evasions } = weigh(told);
  const affirms = !holds('state', told) && (evasions.has('vague') || holds('symptom', told));
  return parts
    .filter((part) => kindOf(part)?.kind === 'yes-no')
    .map(
      (part) => siteLeft(part, told) ?? (affirms ? optionLeft(part, told) : deniedLeft(part, told)),
    )
    .find((left) => left !== undefined);
}

/** Whether a reply says that the patient would rather not answer, and tells nothing else. */
export function declines(reply: string): boolean {
  const { left, evasions } = weigh(statementsOf(reply));
  return (
    evasions.has('declines') && wordsOf(left).every((word) => BARE.test(word) || isYesNo(word))
  );
}

/** Whether a reply says that the patient does not know. */
export function doesNotKnow(reply: string): boolean {
  const { left, evasions } = weigh(statementsOf(reply));
  return evasions.has('unknown') && wordsOf(left).every((word) => BARE.test(word) || isYesNo(word));
}

/** The kind of answer that a question asks for, to be named where it is asked again. */
export function wantedForm(question: string): string {
  if (isChoice(question)) return 'choice';
  const kind = kindOf(question)?.kind ?? 'open';
  return kind === 'choice' ? 'yes-no' : kind;
}
