import { stemsOf, wordsOf } from '../../../transcript/spoken.js';

const NUMBER =
  /\d|\b(?:nought|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen\w*|\w+ty|hundred|thousand|half|once|twice|dozen|couple|pair|single|both|first|second|third)\b/i;
const AMOUNT =
  /\b(?:none|nil|nothing|nowt|no|never|not|nae|\w+n['’]?t|\w+nae|all|most|lots?|loads|plenty|ample|few|bits?|touch|little|some|more|less|same|enough|much|many|hardly|barely|heavy|light|heavier|lighter|normal|usual\w*|always|full|empty|drops?|spots?|spotting|sips?|spoon\w*|cups?|mugs?|glass\w*|pints?|bottles?|puffs?|litres?|stones?|metres?|yards?|milligrams?|mg|size|several)\b/i;
const TIME =
  /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b\w+ish\b|\b(?:every|daily|weekly|nightly|mornings?|afternoons?|evenings?|nights?|tonight|overnight|bedtime|noon|midday|midnight|days?|weekends?|weeks?|fortnight|months?|years?|hours?|minutes?|today|yesterday|tomorrow|now|since|ago|often|sometimes|always|yet|still|when\w*|before|after|breakfast|lunch|dinner|tea|spring|summer|autumn|winter|christmas|easter|january|february|march|april|may|june|july|august|september|october|november|december|last|next|rarely|regular\w*|age|school|born|birth|early|late)\b/i;
const YES_NO =
  /\b(?:yes|yeah|yep|aye|yup|no|nope|nah|never|not|nae|none|nothing|nowt|neither|nor|without|nobody|\w+n['’]?t|cannot|\w+nae|dunno|maybe|perhaps|sometimes|only|course|certainly|definitely|hardly|barely|lots|bit|touch|little|few|same|usual\w*|always|still|now|again|every)\b/i;
const HOW_IT_IS =
  /\b(?:fine|ok|okay|good|great|grand|champion|lovely|bad\w*|worse|worst|better|easier|harder|bigger|smaller|sore|normal\w*|right|well|clear\w*|dry|clean|sharp|steady|ready|done|gone|stopped|started|settled|healed|closed|tired|awful|terrible|rough|poorly|comfortable|managing|easy|hard|perfect\w*|proper\w*|quiet|soft|smashing)\b/i;

interface Form {
  readonly asked: RegExp;
  readonly answers: readonly RegExp[];
  /** An answer may also be told in the question's own words. */
  readonly inItsWords?: true;
  /** A reply without such words leaves the question open, whatever else it tells. */
  readonly binding?: true;
}

/** What the form of a question asks for, and the words that can be an answer to it. */
const FORMS: readonly Form[] = [
  {
    // "How much bother" and "how much do you rely on it" ask how, not how much.
    asked: /\bhow many\b|\bhow much (?!bother|trouble|does it|do you (?:rely|mind))/i,
    answers: [NUMBER, AMOUNT],
    binding: true,
  },
  { asked: /\bhow (?:often|long)\b/i, answers: [NUMBER, AMOUNT, TIME], binding: true },
  {
    asked: /^(?:when|what time|which (?:day|date|week|month))\b/i,
    answers: [NUMBER, TIME, YES_NO],
  },
  {
    asked:
      /^(?:is|are|am|was|were|do|does|did|can|could|will|would|has|have|had|any|still|is there)\b/i,
    answers: [YES_NO, HOW_IT_IS, NUMBER, TIME],
    inItsWords: true,
  },
];

/** Whether words tell a time: a day, a date, how long since. */
function tellsTime(text: string): boolean {
  return TIME.test(text);
}

/** Where a second question begins within a sentence. */
const SECOND =
  /,? (?:and|or) (?=(?:how (?:much|many|often|long)|when|what|which|who|is|are|do|does|did|has|have|can|could)\b)/i;
const OPENS = /^(?:and|so|but|now)[, ]+/i;

/** The single questions that an item's question puts. */
export function partsOf(question: string): string[] {
  return question
    .replace(/\?$/, '')
    .split(SECOND)
    .map((part) => part.replace(OPENS, '').trim())
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}?`);
}

/** Where a thing is and nothing else: "There's one in the kitchen". */
const PLACE =
  /^(?:(?:there|it|that|they|he|she|[\w' ]{2,16}?)(?:['’]s|['’]re| is| are) (?:one )?)?(?:on|in|under|behind|by|over|at|next to) (?:the|my|our|me) \w+$/i;

function onlyPlaces(reply: string): boolean {
  const told = reply.match(/[^.!?]+[.!?]*/g)?.filter((each) => !each.trim().endsWith('?')) ?? [];
  return told.every((each) => PLACE.test(each.replace(/[.!]+\s*$/, '').trim()));
}

/**
 * Whether a reply can be an answer to a single question, by the form of both: a number to "how
 * many", a time to "when", a yes, a no or the question's own matter to a question of yes or no.
 * Open questions take any reply.
 */
export function canAnswer(question: string, reply: string): boolean {
  const form = FORMS.find(({ asked }) => asked.test(question));
  if (!form) return true;
  if (onlyPlaces(reply)) return false;
  if (form.answers.some((words) => words.test(reply))) return true;
  if (form.inItsWords !== true) return false;
  const matter = stemsOf(question);
  return [...stemsOf(reply)].some((stem) => matter.has(stem));
}

/**
 * The part of an item's question that a reply leaves open; undefined where it may well be answered.
 * @param matter whether the reply is known to tell something of this item's matter
 */
export function openPart(question: string, reply: string, matter: boolean): string | undefined {
  const parts = partsOf(question);
  const unmet = parts.filter((part) => !canAnswer(part, reply));
  if (!matter && unmet.length === parts.length) return unmet.length === 1 ? unmet[0] : question;
  return unmet.find((part) => isBinding(part) || onlyPlaces(reply));
}

function isBinding(part: string): boolean {
  return FORMS.some(({ asked, binding }) => binding === true && asked.test(part));
}

const CHOOSES =
  /\b(?:first|second|last|latest|later|latter|former|earlier|newer?|newest|older?|this one|that one|both|neither|either|lower|higher)\b/i;

/** Whether a reply tells which of two versions holds: it names one, or says words of only one. */
export function choosesBetween(before: string, after: string, reply: string): boolean {
  if (CHOOSES.test(reply)) return true;
  const [one, other] = [stemsAndNumbers(before), stemsAndNumbers(after)];
  return [...stemsAndNumbers(reply)].some(
    (word) => NUMBER.test(word) || one.has(word) !== other.has(word),
  );
}

function stemsAndNumbers(text: string): Set<string> {
  return new Set([...stemsOf(text), ...wordsOf(text).filter((word) => NUMBER.test(word))]);
}

const SAFE_OR_NOT =
  /\b(?:yes|yeah|yep|aye|no|nope|nah|never|not|nae|\w+n['’]t|\w+nae|safe|harm\w*|hurt\w*|kill\w*|die|dead|suicid\w*|jok\w+|figure of speech|manner of speaking|way of (?:putting|saying|speaking)|turn of phrase|expression|saying|(?:meant|mean) (?:it|nothing))\b/i;

/** Whether a reply answers a question about harm to oneself or to others: nothing else settles it. */
export function answersSafety(reply: string): boolean {
  return SAFE_OR_NOT.test(statementsOf(reply));
}

const TAKES_OR_NOT =
  /\b(?:yes|yeah|yep|aye|no|nope|nah|ok|okay|please|fine|all right|alright|go on|sure|don['’]?t|not|rather|sooner|would|woman|lady|person|nurse|nobody)\b/i;

const ASKS_FOR_CALL =
  /\b(?:can|could|will) (?:a|the|one|you|she|he|they|somebody|someone)\b.*\b(?:ring|call|phone|speak|talk)\b/i;

/** Whether a reply takes an offer or turns it down. */
export function answersOffer(reply: string): boolean {
  return ASKS_FOR_CALL.test(reply) || TAKES_OR_NOT.test(statementsOf(reply));
}

/** A reply without the questions in it. */
export function statementsOf(reply: string): string {
  return (reply.match(/[^.!?]+[.!?]*/g) ?? [])
    .filter((sentence) => !sentence.trim().endsWith('?'))
    .map((sentence) => sentence.trim())
    .join(' ');
}

/** The kind of answer that a question's form asks for, to be named where it is asked again. */
export function wantedForm(question: string): 'number' | 'time' | 'yes-no' | undefined {
  const index = FORMS.findIndex(({ asked }) => asked.test(question));
  return index < 0 ? undefined : (['number', 'number', 'time', 'yes-no'] as const)[index];
}
