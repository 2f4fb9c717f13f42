import type { Form } from './ear.js';

/** The part of a sentence that asks, and how. */
export interface AskingClause {
  readonly text: string;
  /** The sentence that it may refer to ("Is that still there?"); empty for the first. */
  readonly before: string;
  readonly form: Exclude<Form, 'several'>;
}

const AUXILIARY =
  "(?:do|does|did|have|has|had|are|is|was|were|am|can|could|will|would|shall|should|may|might|must|don't|doesn't|didn't|haven't|hasn't|aren't|isn't|wasn't|weren't|can't|won't|wouldn't)";
const SUBJECT =
  '(?:i|you|he|she|it|they|we|your|his|her|their|the|that|this|there|any|anyone|anybody|anything|someone|somebody|these|those)';
const WH = '(?:what|how|when|where|who|whom|whose|which|why)';
const REQUEST =
  "(?:tell me|let me know|let me hear|talk me|walk me|take me through|describe|give me|read (?:me|out)|show me|say|spell|explain|list|remind me|be honest|i'd (?:just )?like (?:to (?:know|hear|ask|understand|check|learn)|you to (?:tell|describe))|i (?:just |also )?need (?:to (?:know|hear|ask|check|record|note|confirm)|your|the|a)|i(?: would|'d) (?:also )?like to (?:know|hear|ask)|i (?:just )?want to (?:know|hear|ask|check)|i(?:'m| am| was) (?:just )?(?:wondering|curious|interested)|i wonder|confirm)";
const LINK =
  '(?:(?:and|but|so|now|next|then|okay|ok|right|well|also|just|please|sorry|yes|alright|roughly|exactly|lastly|finally|first),? )*';

const startsQuestion = new RegExp(
  `^${LINK}(?:(?:in|on|at|from|to|for|with|about|by) )?(?:${WH}\\b|${AUXILIARY} (?:not )?${SUBJECT}\\b|any\\b)`,
  'i',
);
/** A question whose mark was lost; "What happens next is …" is none. */
const startsUnmarked = new RegExp(
  `^${LINK}(?:${WH}(?:'s| (?:${AUXILIARY}|many|much|often|long|old|far)\\b)|${AUXILIARY} ${SUBJECT}\\b)|^and (?:${WH}|any)\\b`,
  'i',
);
const secondQuestion = new RegExp(
  `,? (?:and|but) (?=(?:${WH}(?:'s| (?:${AUXILIARY}|many|much|often|long|old|far)\\b)|${AUXILIARY} (?:not )?${SUBJECT}\\b))`,
  'i',
);
const startsRequest = new RegExp(
  `^${LINK}(?:(?:could|can|would|will) you (?:please |just |kindly )?)?${REQUEST}\\b`,
  'i',
);
const startsYesNo = new RegExp(`^${LINK}(?:${AUXILIARY}|any)\\b`, 'i');
const startsOpen = new RegExp(`^${LINK}(?:(?:in|on|at|from|to|for|with|about|by) )?${WH}\\b`, 'i');
/** "Will you ring them?", "Are you happy to …?"; not "Have you …?" or "Are you still …?". */
const INVITATION = new RegExp(
  `^${LINK}(?:(?:will|would|can|could|shall|may|might) ${SUBJECT}\\b|(?:will|would|can|could) (?:someone|somebody|a) |(?:are|is) ${SUBJECT} (?:both )?(?:happy|able|willing|free|okay|ok|all right|alright|prepared|content|agreeable|fine)\\b|do (?:you (?:agree|promise|want|understand)|i have)\\b|(?:does|is) (?:that|now)\\b)`,
  'i',
);
/** "Shall I …?", "Would you like …?", "Will you …?" */
const OFFER = new RegExp(
  `^${LINK}(?:will you|would you (?:like|rather|prefer|mind)|shall (?:i|we)|do you want (?:me|us)|(?:are|would) you (?:be )?(?:happy|willing|able|prepared) (?:to|for|with)) `,
  'i',
);
/** "And your sleep." asks; "Your visit is on Friday." does not. */
const FRAGMENT = /^(?:and |now |next,? |then )?(?:your|his|her|their) [^,;]+$/i;
const FINITE =
  /\b(?:is|are|was|were|will|has|have|had|can|could|should|would|needs?|'ll|'s|looks?|sounds?|goes|comes|says?|shows?|means?|matters?|helps?)\b/i;
/** Before a question these words belong to it; any other clause before it is about something else. */
const BELONGS =
  /^(?:and |so |but )?(?:when|whenever|if|while|after|before|on|in|at|with|apart|besides|other|over|during|compared|since)\b/i;
/** "…, are you?" asks what stands before it. */
const TAG = new RegExp(`^${AUXILIARY} ${SUBJECT}\\?["')]*$`, 'i');
const MOST_WORDS_OF_FRAGMENT = 9;
const FEWEST_WORDS_OF_PART = 3;

/**
 * The clauses of a turn that ask something, in their order. Thanks, echoes, explanations and
 * reassurance around them are left out.
 */
export function askingClauses(text: string): AskingClause[] {
  const sentences = sentencesOf(text);
  return sentences.flatMap((sentence, index) => {
    const clause = askingPart(sentence);
    if (clause === undefined) return [];
    return [{ text: clause, before: sentences[index - 1] ?? '', form: formOf(clause) }];
  });
}

/** The questions of a clause that puts two ("…, and is anybody with you?"); itself where it puts one. */
export function partsOf(clause: string): string[] {
  const parts = clause.split(secondQuestion).map((part) => part.trim());
  return parts.every((part) => part.split(' ').length >= FEWEST_WORDS_OF_PART) ? parts : [clause];
}

/** Whether a clause is put as what somebody is asked to do or agree to. */
export function invitesAgreement(clause: string): boolean {
  return INVITATION.test(clause) && !startsRequest.test(clause);
}

/** Whether a clause can only be an offer or a wish of the caller's: whatever it is about, it is answered as one. */
export function offers(clause: string): boolean {
  return OFFER.test(clause) && !startsRequest.test(clause);
}

/** Sentences, without the words of others that are quoted in them. */
export function sentencesOf(text: string): string[] {
  return text
    .replace(/["“][^"“”]*["”]/g, ' ')
    .replace(/\b(Mr|Mrs|Ms|Dr|St|e\.g|i\.e)\. /g, '$1 ')
    .replace(/’/g, "'")
    .split(/(?<=[.?!…;])\s+|\n+|\s[–—-]\s/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function askingPart(sentence: string): string | undefined {
  const plain = sentence.replace(/[.!;,:]+$/, '');
  if (/\?["')]*$/.test(sentence)) return withoutLead(sentence);
  if (startsRequest.test(plain)) return sentence;
  const [, ...later] = plain.split(/, (?=\w)/);
  if (later.some((part) => startsRequest.test(part))) return sentence;
  return startsUnmarked.test(plain) || isFragment(plain) ? sentence : undefined;
}

function isFragment(sentence: string): boolean {
  const bare = sentence.replace(/,? please$/i, '');
  return (
    FRAGMENT.test(bare) && bare.split(' ').length <= MOST_WORDS_OF_FRAGMENT && !FINITE.test(bare)
  );
}

/** Cuts what comes before the first question of a sentence, unless it belongs to it. */
function withoutLead(sentence: string): string {
  const parts = sentence.split(/(?<=[,:]) /);
  const asks = parts.findIndex((part) => startsQuestion.test(part));
  const start = asks < 0 ? parts.findIndex((part) => startsRequest.test(part)) : asks;
  if (start <= 0 || BELONGS.test(parts[start - 1] ?? '')) return sentence;
  const question = parts.slice(start).join(' ');
  return TAG.test(question) ? sentence : question;
}

function formOf(clause: string): AskingClause['form'] {
  if (startsRequest.test(clause)) return 'tell-me';
  if (startsOpen.test(clause)) return 'open';
  const isQuestion = startsYesNo.test(clause) || clause.endsWith('?');
  if (!isQuestion) return 'tell-me';
  return / or /i.test(clause) ? 'either-or' : 'yes-no';
}
