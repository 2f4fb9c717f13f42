import type { Fact, Scenario, Wording } from '../../../scenarios/scenario.js';
import { saidIn, WORDINGS } from '../../../scenarios/scenario.js';
import { SPOKEN, spokenShare, stemsOf, wordsOf } from '../../../transcript/spoken.js';
import { sentences, statementsOf } from './sentences.js';


/** The wording in which a patient's turn says the cue. */
export function cueIn({ trigger }: Scenario, text: string): Wording | undefined {
  const shares = WORDINGS.map((wording) => ({
    wording,
    share: spokenShare(text, trigger.wordings[wording].text),
  })).filter(({ share }) => share >= SPOKEN);
  return shares.sort((a, b) => b.share - a.share)[0]?.wording;
}

/** A fact that a turn tells, in the words in which it was spoken. */
export interface ToldFact {
  readonly fact: Fact;
  readonly words: string;
}

/** The facts that a patient's turn tells; `whole` where none of their words may be lost. */
export function factsIn({ ledger }: Scenario, text: string, whole: boolean): ToldFact[] {
  return ledger.flatMap((fact) => {
    const wordings = [fact.text, fact.alternative ?? fact.text];
    const wording =
      wordings.find((each) => saysWhole(text, each)) ??
      (whole ? undefined : wordings.find((each) => saysMuchOf(text, each)));
    return wording === undefined ? [] : [{ fact, words: spokenPart(text, wording) }];
  });
}

/** Words up to which a sentence after another may take it back: "I think", "or maybe not". */
const HEDGE = 3;

const DOUBTS =
  /\b(?:think|maybe|perhaps|or|not|no|\w+n['’]t|sure|\w+ish|about|less|more|suppose|guess|reckon|actually|mind|probably|possibly|ever|sometimes|mostly|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|daily|morning|night)\b|\d/i;

/** The part of a turn that says a wording, as it was spoken: from its first sentence to its last, with its doubts. */
export function spokenPart(text: string, wording: string): string {
  const spoken = sentencesOf(text);
  const wanted = new Set(wordsOf(wording));
  const matter = stemsOf(wording);
  const isOfIt = (sentence: string) => {
    const words = wordsOf(sentence);
    const tells = matter.size === 0 || [...stemsOf(sentence)].some((stem) => matter.has(stem));
    const shared = words.filter((word) => wanted.has(word)).length;
    return tells && shared >= SPOKEN * Math.max(1, words.length);
  };
  const first = spoken.findIndex(isOfIt);
  if (first < 0) return plain(text);
  const end = spoken.findLastIndex(isOfIt) + 1;
  const next = spoken[end] ?? '';
  const doubts = !next.endsWith('?') && wordsOf(fluent(next)).length <= HEDGE && DOUBTS.test(next);
  return spoken.slice(first, doubts ? end + 1 : end).join(' ');
}

/** Words from which a share of them tells a wording from another. */
const TELLING = 3;

/** Every word in its order, fillers between them. */
function saysWhole(text: string, wording: string): boolean {
  const [spoken, wanted] = [wordsOf(text), wordsOf(wording)];
  let next = 0;
  for (const word of spoken) if (word === wanted[next]) next += 1;
  return next === wanted.length && (wanted.length > 1 || spoken.length < TELLING);
}

/** A longer wording with some of its words lost or changed. */
function saysMuchOf(text: string, wording: string): boolean {
  const long = wordsOf(wording).filter((word) => word.length > 3).length > TELLING;
  return long && spokenShare(text, wording) > SPOKEN;
}

/** Whether a turn protests that something was passed over. */
export function protests({ reactions }: Scenario, text: string): boolean {
  return saidIn(reactions.ignored).some((line) => spokenShare(text, line) >= SPOKEN);
}

const FILLERS = /(?<![-\w])(?:um+|uh+|erm?)\b(?![-'’])[,.…]*\s*/gi;

/** A turn as it was spoken, but for "er" and "um" standing alone and what is no speech. */
export function plain(text: string): string {
  return text
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(FILLERS, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What some people end every other sentence with. */
const TICS =
  /, (?:to be honest|sort of thing|you know|like|i mean|you see|if i'm honest|broadly speaking|oh)(?=[,.!?\s]|$)/gi;

/** A turn as its sense is read, never as it is quoted: without words said twice, and tics. */
export function fluent(text: string): string {
  return plain(text)
    .replace(TICS, '')
    .replace(/\b([\w']+)(?:,? \1\b)+/gi, '$1');
}

/** Words as they are quoted in a sentence: no full stop at the end; a question stays one. */
export function quotable(text: string): string {
  return plain(text)
    .replace(/"/g, "'")
    .replace(/[.!,\s]+$/, '');
}

/** What a turn says of itself: without the cue, without reactions to the agent, without questions. */
export function ownWords({ trigger, reactions }: Scenario, text: string): string {
  const known = [
    ...Object.values(trigger.wordings).map((wording) => wording.text),
    ...saidIn(reactions.ignored),
    ...saidIn(reactions.pushed),
  ].flatMap(sentencesOf);
  return sentencesOf(text)
    .filter((sentence) => !sentence.endsWith('?') && !ASKS_BACK.test(sentence))
    .filter((sentence, index) => {
      const answers = index === 0 && OPENS_YES_NO.test(sentence);
      return answers || !known.some((line) => isLike(sentence, line));
    })
    .join(' ');
}

/** A yes or no that opens a turn answers what was asked, whatever the turn goes on to. */
const OPENS_YES_NO = /^(?:yes|yeah|aye|no|nope|nah|none|never|nothing|not)\b[^?]{0,24}$/i;

/** Words below which a sentence is the same only where all of them are. */
const TELLING_APART = 5;

/** The same sentence, but for fillers and words lost or said twice. */
function isLike(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const shared = new Set(b.filter((word) => a.includes(word))).size;
  const size = Math.max(new Set(a).size, new Set(b).size);
  return size < TELLING_APART ? shared === size : shared >= SPOKEN * size;
}

/** The sentences of a turn, as they were spoken. */
export function sentencesOf(text: string): readonly string[] {
  return sentences(plain(text));
}

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

function hasFormOfQuestion(sentence: string): boolean {
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

const ASKS_BACK =
  /\b(?:pardon|come again|say (?:that|it) again|say again|repeat (?:that|it)|(?:didn't|did not|can't|cannot|couldn't) (?:quite )?(?:hear|catch|get|follow)|what (?:was|were) (?:that|you)|what (?:did|do) you (?:say|mean)|what (?:you are|you're|are you) (?:asking|saying)|not with you|don't (?:follow|understand|get you)|lost me|you what|missed (?:that|the)|ask me (?:once|again)|not sure what you|(?:what|how) do you mean|don't know what you|which (?:bit|part|one) do you mean)\b/i;

/** Whether the patient asks to hear the question again. */
export function asksBack(text: string): boolean {
  const words = wordsOf(plain(text)).length;
  return ASKS_BACK.test(text) || (words > 0 && words < 3 && text.trim().endsWith('?'));
}

const YES =
  /\b(?:yes|yeah|yep|aye|ok|okay|alright|all right|right|fine|will do|we'll go|can do|very well|go on|course|dead on|doing it|i can|right you be|if i must|if you (?:say|think) so|i suppose so|can (?:take|run|drive|bring|fetch) (?:me|us|him|her)|(?:has|have|['’]s|['’]ve) got the (?:car|van|keys|taxi)|['’]?(?:ll|d|will|would) (?:take|run|drive) (?:me|us|him|her)|i'll (?:go|ring|do))\b/i;
const NO = /\b(?:no|nah|not|never|nobody|cannot|\w+n't|but|cannae|dinnae|unless)\b|\?/i;

/** Whether a turn agrees without a doubt. Where the words do not settle it, it does not. */
export function agrees({ reactions }: Scenario, text: string): boolean {
  const resists = saidIn([...reactions.ignored, ...reactions.pushed.slice(0, -1)]);
  return (
    YES.test(text) && !NO.test(text) && !resists.some((line) => spokenShare(text, line) >= SPOKEN)
  );
}

const YIELDS =
  /\b(?:you know best|i suppose|if (?:you (?:say|think) so|i must)|you['’]re the (?:doctor|nurse|expert)|all right,? then|okay,? then)\b/i;

const REFUSES =
  /^\W*(?:no|nah)\b|\b(?:no thanks|not (?:going|having|coming|now|today|for me)|won['’]t|can['’]t|cannot|cannae|dinnae|don['’]t (?:want|need|think|like)|but|unless|rather|fuss|nothing wrong|(?:i['’]m|i am|i feel) (?:fine|all right|alright|okay|ok|grand))\b/i;

/** Whether a turn holds out against what was said: it refuses, or doubts, or puts something before it. */
export function objects({ reactions }: Scenario, text: string): boolean {
  const resists = saidIn([...reactions.ignored, ...reactions.pushed.slice(0, -1)]);
  if (YIELDS.test(text)) return false;
  const told = statementsOf(text).replace(/\boh,? no\b/gi, '');
  return REFUSES.test(told) || resists.some((line) => spokenShare(text, line) >= SPOKEN);
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

/** Whether a turn says anything beside "right" and "thank you". */
export function saysSomething(text: string): boolean {
  return wordsOf(plain(text)).some((word) => !EMPTY.has(word));
}
const EMPTY = new Set(
  'right ok okay yes yeah aye well oh ah alright so thanks thank you i see then hello sorry'.split(
    ' ',
  ),
);

const SMALL_TALK =
  /^(?:\W*\b(?:(?:oh|er|well|right|so|but|no|yes|yeah|aye|ok|okay|fine|sorry|thanks|ta|thank you|cheers|bye|lovely|mm-?h?m|please|go on|like i said|that's (?:about )?(?:it|all(?: i (?:can think of|know|have|remember))?|that|fine|everything|right|correct|the lot|what i said)|(?:i )?(?:don't |do )?(?:think|suppose|guess|hope|expect)(?: so| not| that's (?:it|all|everything|right))?|(?:something|more or less) like that|not (?:that|as) i \w+(?: \w+)?|nothing (?:(?:i'd|i would|to) \w+|else|more|further)|if (?:that's|you) .{2,20}|fair enough|carry on|(?:you've|you have|you're|you are|you all|they've) (?:all )?(?:been |are )?(?:marvellous|great|lovely|brilliant|very kind|kind|a star|a love)|love|pet|duck|hen|dear|sir|miss)\b)\W*)+$/i;

/** Whether a turn only acknowledges, declines or is polite: nothing for a note to file as told. */
export function isSmallTalk(text: string): boolean {
  return SMALL_TALK.test(fluent(text)) || !saysSomething(text);
}

const HOW_LONG =
  /\b(?:nearly (?:there|done|finished|through)|(?:how )?(?:many|much) more|much longer|how long (?:is|will|does) (?:this|it|that) (?:take|go|be)|is (?:that|this) (?:(?:it|all|us|everything|the (?:form|lot)) (?:done|finished)|the lot)|are we (?:done|finished))\b/i;

/** Whether the patient asks how much of the call is still to come. */
export function asksHowLong(text: string): boolean {
  return sentencesOf(text).some((each) => each.endsWith('?') && HOW_LONG.test(each));
}

const WISH =
  /\b(?:if|as long as|so long as|provided) (?:it['’]?s|it is|that['’]s) (?:only )?an? (?:\w+ )?(?:woman|lady|female|sister|man|male)\b|\b(?:can|could) (?:i|a|an|you|she|he|they|somebody|someone|one of) .{0,30}\b(?:ring|call|phone|speak|talk|visit|come|write|send)\b|\b(?:i'd|i would|i'll) (?:like|rather|prefer|sooner)\b (?!not\b|you\b)|\bi want (?:to (?:cancel|stop|change|move|speak|talk|see|come)|a|an|my|somebody|someone)\b|\bjust (?:my|her|his|the) (?:next )?appointment\b|\b(?:ring|call|phone) (?:me|her|him|us|back) .{0,20}\b(?:after|before|at|in|on|tea\w*|morning|afternoon|evening|tomorrow)\b/i;

/** The sentence in which the caller says what they would like of the service, and tells no fact. */
export function wishIn(text: string, told: readonly ToldFact[]): string | undefined {
  if (told.length > 0) return undefined;
  return sentencesOf(text).find((each) => WISH.test(each) && !ASKS_BACK.test(each));
}

const WHO_SPEAKS =
  /\b(?:(?:on the phone|calling|speaking|answering|ringing) for|on behalf of|i'm (?:his|her|their|the)|(?:his|her) (?:wife|husband|partner|mum|mother|dad|father|son|daughter|sister|brother|carer|neighbour|friend|gran\w*|aunt\w*|uncle|niece|nephew)|, (?:wife|husband|partner|mum|mother|dad|father|son|daughter|sister|brother|carer|neighbour|friend|gran\w*|aunt\w*|uncle|niece|nephew))\b/i;

/** Whether somebody says who they are to the patient. */
export function saysWhoSpeaks(text: string): boolean {
  return WHO_SPEAKS.test(text);
}

const OFFERS =
  /\b(?:(?:do you |d['’]you |d'ya )?want me to|(?:shall|should) (?:i|we) (?:go|get|fetch|look|check|read|find|bring|ask)|would you like me to)\b/i;

/** Whether somebody offers to do something for an answer, such as to fetch a packet. */
export function offersTo(text: string): boolean {
  return sentencesOf(text).some((each) => each.endsWith('?') && OFFERS.test(each));
}
