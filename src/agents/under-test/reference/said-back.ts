import { wordsOf } from '../../../transcript/spoken.js';
import { sentences, statementsOf } from './sentences.js';
import { plain, quotable } from './patient-words.js';

/** Words with which some people fill pauses, where they stand between commas or open a sentence. */
const FILLER =
  "(?:to be honest|sort of thing|you know|you see|i mean|if i['’]m honest|broadly speaking|like|oh|ah|well)";
const BETWEEN = new RegExp(`, ${FILLER}(?=[,.!?]|$)`, 'gi');
const OPENING = new RegExp(`(^|[.!?…] )(?:${FILLER}(?:,|\\.{2,}|…) ?)+`, 'gi');
/** A word said twice over a pause; numbers ("nine, nine and a half") may mean it. */
const STAMMER =
  /\b(?!(?:no|yes|yeah|aye|very|really|one|two|three|four|five|six|seven|eight|nine|ten|\w+ty|\w+teen|\d+)\b)([\w'’]+)(?:, \1\b)+/gi;

/** What a tag makes a question of is told all the same: "It can wait, don't you think?" */
const TAG =
  /, (?:(?:is|are|was|were|do|does|did|have|has|can|will|would)(?:n['’]t)? (?:it|they|he|she|you|we|i|there|that)|don['’]t you think|innit|eh|right)\?/gi;
/** A word or two in doubt: "In the cold. February?" */
const DOUBTFUL = /([.!?] )([\w'’]+(?: [\w'’]+)?)\?/g;

/**
 * What the patient said, as it is said back: whole sentences without fillers and stammers, which
 * read aloud would sound like mockery, and without questions, which would be asked again. The note
 * has it verbatim.
 */
export function saidBack(text: string): string {
  const words = plain(text).replace(TAG, '.').replace(DOUBTFUL, '$1$2.');
  const told = statementsOf(words) || words;
  // A filler may stand between a word and its repeat, and "with you, you know" is no stammer.
  const smooth = told.replace(BETWEEN, '').replace(OPENING, '$1').replace(STAMMER, '$1');
  const quote = quotable(smooth).replace(/\?/g, '').trim();
  return `${quote.charAt(0).toUpperCase()}${quote.slice(1)}`;
}

/** Words up to which a quote can stand within a sentence of the agent's. */
const BRIEF = 24;

/** The first sentences of what was said, as far as they can be said back in one breath. */
export function inBrief(text: string): string {
  const [first = '', ...others] = sentences(saidBack(text));
  const brief = others.reduce(
    ({ told, open }, sentence) => {
      const longer = `${told} ${sentence}`;
      return open && wordsOf(longer).length <= BRIEF
        ? { told: longer, open }
        : { told, open: false };
    },
    { told: first, open: true },
  );
  return quotable(brief.told);
}

const FEELING =
  /\b(?:scared|frightened|afraid|terrified|petrified|anxious|nervous|nerves|worried|worrying|dread\w*|panick\w*|bricking it|in bits|in a state|upset|ashamed|embarrass\w*|lonely|alone with|hopeless|fed up|at my wits['’]? end|can['’]?t cope|sick of|heartbroken|grieving|miss (?:him|her|them)|crying|in tears|cry myself|up to high doh|not sleeping for|overwhelmed|exhausted|worn out|struggling|humiliat\w*|clammed up)\b/i;
const NOT_FELT = /\b(?:not|never|n['’]t|nae|no longer)\b[^,.;]{0,20}$/i;

/** Whether a turn says what the patient feels, in words that are not denied. */
export function showsFeeling(text: string): boolean {
  const told = statementsOf(text);
  const found = FEELING.exec(told);
  return found !== null && !NOT_FELT.test(told.slice(0, found.index));
}
