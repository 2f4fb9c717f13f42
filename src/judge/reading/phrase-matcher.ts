import nlp from 'compromise/one';
import { reasonOf } from '../../errors.js';
import { remembered } from '../../remembered.js';

/** One sentence, split and tokenised once. */
export interface Sentence {
  readonly text: string;
  /** Lower-case words with contractions written out, parted by single spaces. */
  readonly words: string;
  readonly asks: boolean;
}

export type PhraseMatcher = (sentence: Sentence) => boolean;

interface Term {
  readonly normal: string;
  readonly implicit?: string;
}

/** Agents say the same to many patients: so many texts are kept taken apart. */
const MOST_KEPT = 5000;

/** Splits a text into sentences of words; `text` is the original, to the letter. */
export const sentencesOf = remembered(MOST_KEPT, takeApart);

function takeApart(text: string): readonly Sentence[] {
  const marked = plainMarks(text);
  const sentences = nlp(marked).json() as { text: string; terms: Term[] }[];
  let from = 0;
  return sentences.map((sentence) => {
    const at = Math.max(from, marked.indexOf(sentence.text, from));
    from = at + sentence.text.length;
    return {
      text: text.slice(at, from),
      words: sentence.terms
        .map(({ implicit, normal }) => implicit ?? normal)
        .filter((word) => word !== '')
        .join(' '),
      asks: /\?["')\]\s]*$/.test(sentence.text),
    };
  });
}

/** Typographic marks that hide the borders of words from the tokeniser, replaced one for one. */
function plainMarks(text: string): string {
  return text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2013\u2014]/g, ',')
    .replace(/;/g, '.');
}

/**
 * Compiles a list of phrases into one matcher. A phrase is words parted by spaces; `(a|b c)` any of
 * several, `.{0,3}` up to three words, a trailing `?` optional, `^` and `$` the ends of the sentence.
 * @throws SyntaxError where a phrase is malformed
 */
export function compilePhrases(phrases: readonly string[]): PhraseMatcher {
  const pattern = new RegExp(phrases.map(patternOf).join('|'));
  return ({ words }) => pattern.test(` ${words} `);
}

/** What makes a phrase malformed; undefined where nothing does. */
export function phraseFlaw(phrase: string): string | undefined {
  try {
    elementsOf(phrase);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

const GAP = /^\.(\{\d+,\d+\})$/;

/** @throws SyntaxError where the phrase is malformed */
function elementsOf(phrase: string): string[] {
  const elements = phrase.match(/\^|\$|\.\{\d+,\d+\}|\([^()]+\)\??|[^\s^$?(){}]+\??/g) ?? [];
  if (elements.join('').replace(/\s/g, '') !== phrase.replace(/\s/g, '')) {
    throw new SyntaxError(`"${phrase}" is no phrase`);
  }
  const odd = elements.find((element) => !GAP.test(element) && /[.{}]/.test(element));
  if (odd !== undefined) throw new SyntaxError(`"${odd}" is no word of a phrase`);
  return elements;
}

/** Each element of a phrase stands for words with a space before them. */
function patternOf(phrase: string): string {
  const body = elementsOf(phrase).map((element) => {
    if (element === '^' || element === '$') return element === '^' ? '^' : '(?= $)';
    const gap = GAP.exec(element);
    if (gap) return `(?: \\S+)${gap[1]}`;
    const optional = element.endsWith('?') ? '?' : '';
    const words = element.replace(/\?$/, '').replace(/^\(|\)$/g, '');
    return `(?: (?:${words.split('|').map(wordPattern).join('|')}))${optional}`;
  });
  return `${body.join('')}(?= )`;
}

/** A word, or several, as the tokeniser writes them: "can't" is matched as "can not". */
function wordPattern(words: string): string {
  const plain = sentencesOf(words.trim())
    .map((sentence) => sentence.words)
    .join(' ');
  return plain.replace(/[.*+?^${}()[\]\\]/g, '\\$&');
}
