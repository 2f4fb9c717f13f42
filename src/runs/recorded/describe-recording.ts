import { recordingFolder } from '../../judge/recorded/recording-place.js';
import { readRecordingFacts, UNNAMED } from './recording-facts.js';

/**
 * Whose words a recorded juror speaks and since when, as "those of a language model (unnamed), recorded
 * on 2026-11-28".
 * @param place as in `recorded:PLACE`
 * @throws MatrixError where the folder holds something else
 */
export function describeRecording(place: string): string {
  const facts = readRecordingFacts(recordingFolder(place));
  const name = facts && facts.model !== UNNAMED ? facts.model : UNNAMED;
  const last = facts?.makings.at(-1)?.to.slice(0, 10);
  return `those of a language model (${name})${last === undefined ? '' : `, recorded on ${last}`}`;
}
