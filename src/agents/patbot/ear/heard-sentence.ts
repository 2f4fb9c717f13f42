import { shippedVectors, type NearQuestion, type CaseKind } from './question-vectors.js';
import { embedSentences, type SentenceVector } from './sentence-embedder.js';

/** A sentence in the space of meanings, and the shipped questions nearest to it. */
export interface HeardSentence {
  readonly vector: SentenceVector;
  readonly nearest: Readonly<Record<CaseKind, readonly NearQuestion[]>>;
}

/** Agents say the same to many patients: so many sentences are kept, about 20 kB each. */
const MOST_KEPT = 2000;
const kept = new Map<string, Promise<HeardSentence>>();

/** Embeds a sentence, once. */
export function heardSentence(text: string): Promise<HeardSentence> {
  const known = kept.get(text);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const heard = embed(text);
  kept.set(text, heard);
  return heard;
}

async function embed(text: string): Promise<HeardSentence> {
  const [vector] = await embedSentences([text]);
  if (!vector) throw new Error('the sentence model gave no vector');
  return { vector, nearest: shippedVectors().nearest(vector) };
}
