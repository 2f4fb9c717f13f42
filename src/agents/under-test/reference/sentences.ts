const SENTENCE = /(?:[^.!?]|[.!?](?=\S))+[.!?]*/g;

/** The sentences of a text, trimmed; a stop within a word or a figure ("a.m.,", "38.4") ends none. */
export function sentences(text: string): string[] {
  return (text.match(SENTENCE) ?? []).map((sentence) => sentence.trim());
}
