import { shippedVectors } from './question-vectors.js';
import { embedSentences, type SentenceVector } from './sentence-embedder.js';

/** A sentence in the space of meanings, and how near each shipped question is to it. */
export interface HeardSentence {
  readonly vector: SentenceVector;
  readonly cosines: Float32Array;
}

/** Agents say the same to many patients: so many sentences are kept, about 50 kB each. */
const MOST_KEPT = 400;
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
  return { vector, cosines: shippedVectors().cosines(vector) };
}
