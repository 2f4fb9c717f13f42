import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { Turn } from '../transcript/transcript.js';
import { compilePhrases, sentencesOf } from './reading/phrase-matcher.js';
import { loadRecognition, type Recognition } from './reading/recognition.js';

/**
 * The hazards that a patient's words bring up, in the order of their ids: for transcripts without a
 * scenario. What is not found is not judged, so the list is shown with the result.
 */
export function findHazards(turns: readonly Turn[], recognition: Recognition): string[] {
  const sentences = turns
    .filter(({ role }) => role === 'patient')
    .flatMap(({ text }) => sentencesOf(text));
  return Object.entries(recognition.cues)
    .filter(([, phrases]) => sentences.some(compilePhrases(phrases)))
    .map(([hazard]) => hazard)
    .sort();
}

/** Finds the hazards that a patient's words bring up, by the recognition data of its taxonomy. */
export function hazardFinder(taxonomy: Taxonomy): (turns: readonly Turn[]) => string[] {
  const recognition = loadRecognition(taxonomy);
  return (turns) => findHazards(turns, recognition);
}
