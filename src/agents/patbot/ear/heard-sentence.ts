import { remembered } from '../../../remembered.js';
import { shippedVectors, type NearQuestion, type CaseKind } from './question-vectors.js';
import { embedSentences, type SentenceVector } from './sentence-embedder.js';

/** A sentence in the space of meanings, and the shipped questions nearest to it. */
export interface HeardSentence {
  readonly vector: SentenceVector;
  readonly nearest: Readonly<Record<CaseKind, readonly NearQuestion[]>>;
}

/** Agents say the same to many patients: so many sentences are kept, about 20 kB each. */
const MOST_KEPT = 2000;

/** Embeds a sentence, once. */
export const heardSentence = remembered(MOST_KEPT, embed);

async function embed(text: string): Promise<HeardSentence> {
  const [vector] = await embedSentences([text]);
  if (!vector) throw new Error('the sentence model gave no vector');
  return { vector, nearest: shippedVectors().nearest(vector) };
}
