import { wordsOf } from '../../../transcript/spoken.js';
import { opensWith } from './answer-grammar.js';
import { sentences } from './sentences.js';

/** Words at most in which somebody says back what they heard. */
const LONGEST_ECHO = 3;

/**
 * "Crops? It was barley, mostly", of drops: who says back in doubt a word that sounds like one of the
 * question's has heard another question, whatever the rest answers.
 */
export function isMisheard(question: string, reply: string): boolean {
  const [first = ''] = sentences(reply);
  const said = wordsOf(first);
  if (!first.endsWith('?') || said.length > LONGEST_ECHO) return false;
  const asked = wordsOf(question);
  return said.some((word) => !asked.includes(word) && asked.some((other) => rhymes(word, other)));
}

/** Words of four letters or more that part in their first sounds alone. */
function rhymes(word: string, other: string): boolean {
  if (word.length < 4 || other.length < 4 || Math.abs(word.length - other.length) > 1) return false;
  const tail = Math.min(word.length, other.length) - 1;
  return word.slice(-tail) === other.slice(-tail) || word.slice(2) === other.slice(2);
}

/** "Bag? I've packed no bag": who says the question's word back in doubt has not taken it in. */
export function echoes(question: string, reply: string): boolean {
  const [first = '', next = ''] = sentences(reply);
  const words = wordsOf(first);
  const asked = new Set(wordsOf(question));
  const echo =
    first.endsWith('?') && words.length <= LONGEST_ECHO && words.some((word) => asked.has(word));
  return echo && !opensWith('yes', next) && !opensWith('no', next);
}
