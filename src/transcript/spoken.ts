import { remembered } from '../remembered.js';

/** Wordings of scenarios are looked for in every turn: the words of so many texts are kept. */
const MOST_KEPT = 10_000;

/** Lower-case words of a text; apostrophes are dropped, so that "can't" and "cant" agree. */
export const wordsOf = remembered(
  MOST_KEPT,
  (text): readonly string[] =>
    text
      .toLowerCase()
      .replace(/[’']/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [],
);

const distinctWords = remembered(MOST_KEPT, (text): ReadonlySet<string> => new Set(wordsOf(text)));

/** Words that carry the sense of a sentence: four letters or more, and numbers. */
const contentWords = remembered(MOST_KEPT, (text): readonly string[] =>
  [...distinctWords(text)].filter((word) => word.length > 3 || /\d/.test(word)),
);

/**
 * How much of a wording a text says: the share of the wording's content words that the text
 * holds, 0 to 1. Fillers, hesitations and lost words lower it little; another subject gives ~0.
 */
export function spokenShare(text: string, wording: string): number {
  const wanted = contentWords(wording);
  if (wanted.length === 0) return 0;
  const heard = distinctWords(text);
  return wanted.filter((word) => heard.has(word)).length / wanted.length;
}

/** The share of its content words from which a wording counts as said. */
export const SPOKEN = 0.6;

const COMMON = new Set(
  'that this with have from they your just been were what when then there about would could like into some more than them only over much very well also because which know going where yeah dont cant really said says tell will didnt'.split(
    ' ',
  ),
);

/** Stems of the words that carry the sense of a text: common words left out, endings cut. */
export function stemsOf(text: string): Set<string> {
  const words = wordsOf(text).filter(
    (word) => (word.length > 3 && !COMMON.has(word)) || /\d/.test(word),
  );
  return new Set(words.map((word) => word.replace(/(ings?|ed|es|s)$/, '')));
}
