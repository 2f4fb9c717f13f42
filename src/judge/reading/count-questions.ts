import { compilePhrases, sentencesOf, type Sentence } from './phrase-matcher.js';
import type { Recognition } from './recognition.js';

/** How many questions a turn asks: those that surely are one each, and all that may be. */
export interface QuestionCount {
  readonly certain: number;
  readonly possible: number;
}

/** Where a clause ends; "or" joins the choices of one question. */
const CLAUSE =
  /[,;:–—]\s+(?:and\s+)?|\s+and\s+(?=(?:what|when|where|which|who|whose|how|why|do|does|did|are|is|have|has|can|will)\b)/i;

/** A contraction that the tokeniser keeps: "when's". */
const IS = /\b(what|when|where|who|how|why)['’]s\b/gi;

/** Words from which a question that does not begin like one still is a whole one. */
const WHOLE = 5;

/** Counts clauses that ask, not question marks. */
export function questionCounter(
  data: Recognition['questions'],
): (sentences: readonly Sentence[]) => QuestionCount {
  const interrogative = compilePhrases(data.interrogative);
  const elliptic = compilePhrases(data.elliptic);
  const elaboration = compilePhrases(data.elaboration);
  const clausesOf = (sentence: Sentence) =>
    sentence.text
      .replace(IS, '$1 is')
      .split(CLAUSE)
      .flatMap((clause) => sentencesOf(clause))
      .filter((clause) => interrogative(clause) && !elaboration(clause));
  const isWhole = (sentence: Sentence) =>
    !elliptic(sentence) && sentence.words.split(' ').length >= WHOLE;
  const count = (sentence: Sentence): QuestionCount => {
    if (!sentence.asks) return { certain: 0, possible: interrogative(sentence) ? 1 : 0 };
    const clauses = clausesOf(sentence).length;
    if (clauses > 0) return { certain: clauses, possible: clauses };
    return { certain: isWhole(sentence) || interrogative(sentence) ? 1 : 0, possible: 1 };
  };
  return (sentences) => {
    const counts = sentences.map(count);
    return {
      certain: counts.reduce((sum, { certain }) => sum + certain, 0),
      possible: counts.reduce((sum, { possible }) => sum + possible, 0),
    };
  };
}
