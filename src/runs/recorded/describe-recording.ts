import { recordingFolder } from '../../judge/recorded/recording-place.js';
import { readRecordingFacts, UNNAMED } from './recording-facts.js';

/**
 * Whose words a recorded juror speaks and since when, as "a language model (unnamed) whose
 * answers were recorded on 2026-11-28: none is called now".
 * @param place as in `recorded:PLACE`
 * @throws MatrixError where the folder holds something else
 */
export function describeRecording(place: string): string {
  const facts = readRecordingFacts(recordingFolder(place));
  const name = facts?.model ?? UNNAMED;
  const last = facts?.makings.at(-1)?.to.slice(0, 10);
  const since = last === undefined ? 'recorded' : `recorded on ${last}`;
  return `a language model (${name}) whose answers were ${since}: none is called now`;
}
