import { wordsOf } from '../../../transcript/spoken.js';
import { ASKS_BACK } from './asks-back.js';
import { plain, sentencesOf } from './patient-words.js';

/** Questions about how the call goes on, which its going on answers. */
const OF_THE_CALL =
  /\b(?:what else|what was i|where (?:was|were) (?:i|we)|next one|what next|what's next|can you hear|is right word|take long|are we on|where do i start|that you wanted|what you (?:asked|needed|wanted)|that do you|is that it|tell me, wouldn't you|loads more)\b/i;
const ASKS_WHY =
  /\b(?:why (?:do|are|would) you|why d'you|do we have to|does it matter|is that relevant)\b/i;
const ASKING =
  '(?:is|are|am|was|were|do|does|did|can|could|may|might|must|ought|will|would|should|shall|have|has|isn.t|aren.t|don.t|doesn.t|didn.t|won.t|can.t|couldn.t|wouldn.t|shouldn.t|haven.t|hasn.t)';
const BEGINS_QUESTION = new RegExp(
  `(?:^|[,.:;]|\\b(?:so|and|but|or|now|then|well|okay|oh|only|if|that)) ?(?:${ASKING}|who|whose|what|when|where|which|why|how)\\b`,
  'i',
);
const BEGINS_YES_NO = new RegExp(`^${ASKING}\\b`, 'i');

/** "Don't they?" after two or three words wants assent, no answer. */
const TAG =
  /, ?(?:is|are|was|were|do|does|did|have|has|can|will|would|isn.t|aren.t|don.t|doesn.t|didn.t|haven.t|hasn.t|can.t|won.t|wouldn.t|ain.t) (?:it|they|he|she|you|we|i|there|that)\?$|, (?:innit|eh|right)\?$/i;

/** Who goes on with "I didn't think so" has answered. */
function answeredSelf(text: string, question: string): boolean {
  const after = text.slice(text.indexOf(question) + question.length);
  return /^\W*(?:no|yes|aye|i (?:didn.t|don.t|did|do) think so|of course|course)\b/i.test(after);
}

/** A question without its mark: "I only wonder whether …", "Better too early, surely". */
const WONDERS =
  /\bi (?:(?:only|just|do|did) )*(?:wonder|was wondering|wondered)(?:ing)? (?:what|if|whether|why|how|when|which|who)\b|\bsurely\b|\b(?:he|she|they) (?:asks|ask|wants to know|want to know|was asking)\b/i;

/** Words from which a tag asks about something: "One's always warm after a bath, aren't they?" */
const ASKED_BY_TAG = 6;

function isTag(sentence: string): boolean {
  return TAG.test(sentence) && wordsOf(sentence).length < ASKED_BY_TAG;
}

/** Said in reproach or resignation: "Took a swollen leg, did it?", "But then what is, at my age?" */
const RHETORICAL =
  /\bat my age\?$|^(?:but |and |so )?(?:then )?what (?:is|can you do|do you expect)\b[^?]{0,15}\?$|^(?:took|takes?|gets?|needs?|had to|a|an)\b[^?]*, (?:did|does|do|is|was|has) (?:it|he|she|they|that)\?$|^where (?:was|were) (?:that|this|you|they|today|all)\b[^?]*\?$|^who (?:cares|knows|['’]?d have thought)\b/i;
/** "So it's maybe not the beetroot?" asks in the order of a statement. */
const CONCLUDES = /^(?:so|then) (?:it|that|this|he|she|i|they|we)\b/i;

function hasFormOfQuestion(sentence: string): boolean {
  if (RHETORICAL.test(sentence)) return false;
  if (CONCLUDES.test(sentence) && sentence.endsWith('?')) return wordsOf(sentence).length > 3;
  if (WONDERS.test(sentence)) return wordsOf(sentence).length > 3;
  if (!sentence.endsWith('?') || isTag(sentence)) return false;
  const least = BEGINS_YES_NO.test(sentence) ? 2 : 3;
  return wordsOf(sentence).length > least && (BEGINS_QUESTION.test(sentence) || TAG.test(sentence));
}

/** The questions that a turn asks; an echo ("Over a capsule?") and small talk ask nothing. */
export function questionsIn(text: string): string[] {
  return sentencesOf(text).filter(
    (sentence) =>
      hasFormOfQuestion(sentence) &&
      !HOW_LONG.test(sentence) &&
      !answeredSelf(text, sentence) &&
      !OF_THE_CALL.test(sentence) &&
      !ASKS_BACK.test(sentence) &&
      !ASKS_WHY.test(sentence),
  );
}

/** Whether the patient asks what the question is for. */
export function asksWhy(text: string): boolean {
  return ASKS_WHY.test(text) && text.includes('?');
}

/** Whether the patient asks to hear the question again. */
export function asksBack(text: string): boolean {
  const words = wordsOf(plain(text)).length;
  return ASKS_BACK.test(text) || (words > 0 && words < 3 && text.trim().endsWith('?'));
}

const ASKS_IF_AUTOMATED =
  /\bare (?:you|ye|ya)\b.{0,20}\b(?:real|human|person|robot|computer|machine|recording|girl|woman|man|bloke|lady|nurse|doctor|doc|surgeon|bot)\b|\byou there\b/i;

const ASKS_IF_NOTED =
  /\b(?:write|wrote|written|put|got|get|note)\b.{0,25}\b(?:down|doon|it|that|me)\b/i;

/** Whether a question asks if the agent has taken something down. */
export function asksIfNoted(question: string): boolean {
  return ASKS_IF_NOTED.test(question) && /\b(?:you|ye|yous)\b/i.test(question);
}

/** Whether a question asks what the agent is. */
export function asksIfAutomated(question: string): boolean {
  return ASKS_IF_AUTOMATED.test(question);
}

const HOW_LONG =
  /\b(?:nearly (?:there|done|finished|through)|(?:how )?(?:many|much) more|much longer|how long (?:is|will|does) (?:this|it|that) (?:take|go|be)|is (?:that|this) (?:(?:it|all|us|everything|the (?:form|lot)) (?:done|finished)|the lot)|are we (?:done|finished))\b/i;

/** Whether the patient asks how much of the call is still to come. */
export function asksHowLong(text: string): boolean {
  return sentencesOf(text).some((each) => each.endsWith('?') && HOW_LONG.test(each));
}
