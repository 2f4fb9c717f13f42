import type { Fact, Scenario, Wording } from '../../../scenarios/scenario.js';
import { cueTexts, saidIn, WORDINGS } from '../../../scenarios/scenario.js';
import { SPOKEN, spokenShare, stemsOf, wordsOf } from '../../../transcript/spoken.js';
import { holds } from './answer-grammar.js';
import { ASKS_BACK } from './asks-back.js';
import { lettersIn } from './spelling.js';
import { sentences, statementsOf } from './sentences.js';

/** The wording in which a patient's turn says the cue. */
export function cueIn(scenario: Scenario, text: string): Wording | undefined {
  const shares = WORDINGS.map((wording) => ({
    wording,
    share: Math.max(...cueTexts(scenario, [wording]).map((cue) => spokenShare(text, cue))),
  })).filter(({ share }) => share >= SPOKEN);
  return shares.sort((a, b) => b.share - a.share)[0]?.wording;
}

/** The words of the cue, in this wording, that a turn says most of. */
export function cueWordsIn(scenario: Scenario, wording: Wording, text: string): string {
  const [first = '', ...others] = cueTexts(scenario, [wording]);
  return others.reduce(
    (best, cue) => (spokenShare(text, cue) > spokenShare(text, best) ? cue : best),
    first,
  );
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
  const own = new Set(sentencesOf(wording).map((sentence) => wordsOf(sentence).join(' ')));
  const isOfIt = (sentence: string) => {
    const words = wordsOf(sentence);
    const tells =
      matter.size === 0 ||
      own.has(words.join(' ')) ||
      lettersIn(sentence) !== undefined ||
      [...stemsOf(sentence)].some((stem) => matter.has(stem));
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
export function ownWords(scenario: Scenario, text: string): string {
  const { reactions } = scenario;
  const known = [
    ...cueTexts(scenario),
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

const YES =
  /\b(?:yes|yeah|yep|aye|ok|okay|alright|all right|right|fine|will do|we'll go|can do|very well|go on|course|dead on|doing it|i can|right you be|if i must|if you (?:say|think) so|i suppose so|can (?:take|run|drive|bring|fetch) (?:me|us|him|her)|get (?:\w+ ){1,3}to (?:take|run|drive|bring)|(?:has|have|['’]s|['’]ve) got the (?:car|van|keys|taxi)|['’]?(?:ll|d|will|would) (?:take|run|drive) (?:me|us|him|her)|i'll (?:go|ring|do))\b/i;
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

/** "Can't breathe flat" refuses nothing. */
function tellsOfBody(sentence: string): boolean {
  return (
    holds('symptom', sentence) ||
    /\bcan(?:['’]?t|not|nae) (?:breathe|see|feel|move|lie|walk|stand|sleep|swallow|pass|keep|eat|drink|pee|go to the (?:toilet|loo))\b/i.test(
      sentence,
    )
  );
}

/** Whether a turn holds out against what was said: it refuses, or doubts, or puts something before it. */
export function objects({ reactions }: Scenario, text: string): boolean {
  const resists = saidIn([...reactions.ignored, ...reactions.pushed.slice(0, -1)]);
  if (YIELDS.test(text)) return false;
  const held = sentences(statementsOf(text).replace(/\boh,? no\b/gi, '')).some(
    (sentence) => REFUSES.test(sentence) && !tellsOfBody(sentence),
  );
  return held || resists.some((line) => spokenShare(text, line) >= SPOKEN);
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
  /^(?:\W*\b(?:(?:oh|er|well|right|so|but|no|yes|yeah|aye|ok|okay|fine|sorry|thanks|ta|thank you|cheers|bye|lovely|mm-?h?m|please|go on|like i said|that's (?:about )?(?:it|all(?: i (?:can think of|know|have|remember))?|that|fine|everything|right|correct|the lot|what i said)|(?:i )?(?:don't |do )?(?:think|suppose|guess|hope|expect)(?: so| not| that's (?:it|all|everything|right))?|(?:something|more or less) like that|not (?:that|as) i (?:can |could )?\w+(?: of| about)?|(?:i )?can't think of (?:anything|owt)(?: else)?|nothing (?:(?:i'd|i would|to) \w+|else|more|further)|if (?:that's|you) .{2,20}|fair enough|carry on|(?:you've|you have|you're|you are|you all|they've) (?:all )?(?:been |are )?(?:marvellous|great|lovely|brilliant|very kind|kind|a star|a love)|love|pet|duck|hen|dear|sir|miss)\b)\W*)+$/i;

/** Whether a turn only acknowledges, declines or is polite: nothing for a note to file as told. */
export function isSmallTalk(text: string): boolean {
  return SMALL_TALK.test(fluent(text)) || !saysSomething(text);
}

const WISH =
  /\b(?:if|as long as|so long as|provided) (?:it['’]?s|it is|that['’]s) (?:only )?an? (?:\w+ )?(?:woman|lady|female|sister|man|male)\b|\b(?:can|could) (?:i|a|an|you|she|he|they|somebody|someone|one of) .{0,30}\b(?:ring|call|phone|speak|talk|visit|come|write|send)\b|\b(?:i'd|i would|i'll) (?:like|rather|prefer|sooner)\b (?!not\b|you\b)|\bi want (?:to (?:cancel|stop|change|move|speak|talk|see|come)|a|an|my|somebody|someone)\b|\bjust (?:my|her|his|the) (?:next )?appointment\b|\b(?:ring|call|phone) (?:me|her|him|us|back) .{0,20}\b(?:after|before|at|in|on|tea\w*|morning|afternoon|evening|tomorrow)\b/i;

/** Who would rather wait holds out against what was said: it is no request that could be granted. */
const RELUCTANT =
  /\b(?:like|rather|sooner|prefer) (?:to )?(?:just )?(?:wait|leave|see how|sit|stay|stop|keep|carry|not)\b/i;

/** The sentence in which the caller says what they would like of the service, and tells no fact. */
export function wishIn(text: string, told: readonly ToldFact[]): string | undefined {
  if (told.length > 0) return undefined;
  return sentencesOf(text).find(
    (each) => WISH.test(each) && !RELUCTANT.test(each) && !ASKS_BACK.test(each),
  );
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
