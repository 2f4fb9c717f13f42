import { readCue } from '../judge/model/read-cue.js';
import type { SealedRecording } from '../calls/recording.js';
import type { ChatModel } from '../models/chat-model.js';
import { cueTexts, type Scenario } from '../scenarios/scenario.js';
import { atHearing } from '../runs/judging/judge-dialogue.js';
import type { Attempt } from '../store/run-record.js';

/**
 * An attempt in which a person was the patient, with its standing and cue as a juror reads the person's
 * own words. It stays as it is where the juror cannot be asked or gives no answer that can be used.
 */
export async function withOwnCue(
  attempt: Attempt,
  scenario: Scenario,
  juror: ChatModel,
  recording: SealedRecording,
  signal: AbortSignal,
): Promise<Attempt> {
  const wordings = cueTexts(scenario);
  try {
    const said = { turns: attempt.turns, wordings };
    const turn = await atHearing(recording, { signal }, (hearing) => readCue(juror, said, hearing));
    if (turn === undefined) return attempt;
    return turn === null
      ? { ...attempt, standing: 'not-exposed' }
      : { ...attempt, triggerTurn: turn, ownCue: turn };
  } catch {
    // What was said is to be kept first; the judging that follows meets the failure and tells of it.
    return attempt;
  }
}
