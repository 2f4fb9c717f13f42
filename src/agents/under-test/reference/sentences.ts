import { remembered } from '../../../remembered.js';

/** The lines of a case are taken apart in every turn: so many texts are kept. */
const MOST_KEPT = 5000;
const SENTENCE = /(?:[^.!?]|[.!?](?=\S))+[.!?]*/g;

/** The sentences of a text, trimmed; a stop within a word or a figure ("a.m.,", "38.4") ends none. */
export const sentences = remembered(MOST_KEPT, (text): readonly string[] =>
  (text.match(SENTENCE) ?? []).map((sentence) => sentence.trim()),
);

/** A reply without the questions in it. */
export function statementsOf(reply: string): string {
  return sentences(reply)
    .filter((sentence) => !sentence.endsWith('?'))
    .join(' ');
}
