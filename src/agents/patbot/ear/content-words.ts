import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readText } from '../../../read-file.js';
import { wordsOf } from '../../../transcript/spoken.js';

const FUNCTION_WORDS = new Set(
  'a an the is are was were be been do does did have has had you your yours i me my we us our it its this that these those to of in on at for with and or if any so as from by about would could can will may how what when where which who why tell please all there here just get got getting like know need then he she his her him they them their up out now some more'.split(
    ' ',
  ),
);

const known = new Map<string, ReadonlySet<string>>();

/** As {@link contentWords}, for the questions that many cases share: kept once for each. */
export function questionWords(question: string): ReadonlySet<string> {
  const words = known.get(question) ?? contentWords(question);
  known.set(question, words);
  return words;
}

/** Stems of the words of a question that carry its sense. */
export function contentWords(text: string): Set<string> {
  const words = wordsOf(text).filter((word) => !FUNCTION_WORDS.has(word));
  return new Set(
    words.map((word) => (word.length > 4 ? word.replace(/(?:ings?|ed|es|s|ly)$/, '') : word)),
  );
}

const countsSchema = z.strictObject({
  questions: z.int().positive(),
  holding: z.record(z.string(), z.int().positive()),
});
export type WordCounts = z.infer<typeof countsSchema>;

export const WORDS_FILE = fileURLToPath(
  new URL('../../../../datasets/patbot/question-words.json', import.meta.url),
);

/** In how many of the questions each word occurs. */
export function countWords(questions: readonly string[]): WordCounts {
  const holding = new Map<string, number>();
  for (const word of questions.flatMap((question) => [...contentWords(question)])) {
    holding.set(word, (holding.get(word) ?? 0) + 1);
  }
  const sorted = [...holding].sort(([a], [b]) => (a < b ? -1 : 1));
  return { questions: questions.length, holding: Object.fromEntries(sorted) };
}

let shipped: ReadonlyMap<string, number> | undefined;
let questions = 1;

/** How much a word tells: the logarithm of how few of the shipped questions hold it (idf). */
export function weightOf(word: string): number {
  shipped ??= readCounts();
  return Math.log((questions + 1) / ((shipped.get(word) ?? 0) + 0.5));
}

function readCounts(): ReadonlyMap<string, number> {
  const counts = countsSchema.parse(JSON.parse(readText(WORDS_FILE)));
  questions = counts.questions;
  return new Map(Object.entries(counts.holding));
}

/** The share, 0 to 1, of the weight of a question's words that the others hold. */
export function coverage(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let [held, all] = [0, 0];
  for (const word of words) {
    all += weightOf(word);
    if (others.has(word)) held += weightOf(word);
  }
  return all === 0 ? 0 : held / all;
}
