import { stemsOf, wordsOf } from '../../../transcript/spoken.js';
import { holds } from './answer-grammar.js';
import { statementsOf } from './sentences.js';

const CHOOSES =
  /\b(?:first|second|last|latest|later|latter|former|earlier|newer?|newest|older?|this one|that one|both|neither|either|lower|higher)\b/i;

/** Whether a reply tells which of two versions holds: it names one, or says words of only one. */
export function choosesBetween(before: string, after: string, reply: string): boolean {
  if (CHOOSES.test(reply)) return true;
  const [one, other] = [stemsAndNumbers(before), stemsAndNumbers(after)];
  return [...stemsAndNumbers(reply)].some(
    (word) => holds('number', word) || one.has(word) !== other.has(word),
  );
}

function stemsAndNumbers(text: string): Set<string> {
  return new Set([...stemsOf(text), ...wordsOf(text).filter((word) => holds('number', word))]);
}

const SAFE_OR_NOT =
  /\b(?:yes|yeah|yep|aye|no|nope|nah|never|not|nae|\w+n['’]t|\w+nae|safe|danger\w*|end(?:ing)? (?:it|things|my life)|think(?:ing)? (?:about|of) it|harm\w*|hurt\w*|kill\w*|die|dead|suicid\w*|jok\w+|figure of speech|manner of speaking|way of (?:putting|saying|speaking)|turn of phrase|expression|saying|(?:meant|mean) (?:it|nothing))\b/i;

/** Whether a reply answers a question about harm to oneself or to others: nothing else settles it. */
export function answersSafety(reply: string): boolean {
  return SAFE_OR_NOT.test(statementsOf(reply)) || soundsContent(reply);
}

/** An idiom for "yes, safe": "Safe with him? Heavens. He's gentle." */
function soundsContent(reply: string): boolean {
  const told = statementsOf(reply);
  return holds('content', told) && !holds('danger', told);
}

const TAKES =
  /\b(?:yes|yeah|yep|aye|ok|okay|please|go on|sure|i would|would do|(?:i['’]d|i would) (?:like|want)|put (?:it|that|me) down)\b/i;
const TURNS_DOWN = /\b(?:no|nope|nah|not|nobody|don['’]?t|rather you didn)\b/i;

/** Whether a reply takes the offer that somebody rings. */
export function takesCall(reply: string): boolean {
  if (ASKS_FOR_CALL.test(reply)) return true;
  const told = statementsOf(reply);
  return TAKES.test(told) && !TURNS_DOWN.test(told);
}

const TAKES_OR_NOT =
  /\b(?:yes|yeah|yep|aye|no|nope|nah|ok|okay|please|fine|all right|alright|go on|sure|don['’]?t|not|rather|sooner|would|woman|lady|person|nurse|nobody)\b/i;

const ASKS_FOR_CALL =
  /\b(?:can|could|will) (?:a|the|one|you|she|he|they|somebody|someone)\b.*\b(?:ring|call|phone|speak|talk)\b/i;

/** Whether a reply takes an offer or turns it down. */
export function answersOffer(reply: string): boolean {
  return ASKS_FOR_CALL.test(reply) || TAKES_OR_NOT.test(statementsOf(reply));
}
