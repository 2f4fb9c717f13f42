import { MatrixError } from '../errors.js';
import { dialogueId, type DialogueKey, type StoredDialogue } from '../store/run-record.js';
import type { Ending } from '../transcript/transcript.js';
import type { Difference } from './first-difference.js';
import { judgeAgain } from './judge-again.js';
import type { OpenReplay } from './open-replay.js';
import { ReplayDiffers } from './replay-differs.js';
import { simulateAgain } from './simulate-again.js';

/** What a replay of one dialogue came to. */
export type Replayed =
  /** Of transcripts from elsewhere nothing is simulated, and what was not judged has no verdicts. */
  | { readonly state: 'same'; readonly simulated: boolean; readonly judged: boolean }
  | { readonly state: 'differs'; readonly difference: Difference }
  /** Ended by an outage, an agent's error or a spent budget, which no journal holds: not re-executed. */
  | { readonly state: 'outage'; readonly ending: Ending }
  /** Begun and never ended. */
  | { readonly state: 'unfinished' };

/**
 * Executes a stored dialogue again from its turns and its journal, then its verdicts. Nobody is called:
 * what the journal lacks is a difference.
 * @throws MatrixError where a record cannot be read or executed, with the dialogue's id
 */
export async function replayDialogue(
  dialogue: StoredDialogue,
  replay: OpenReplay,
): Promise<Replayed> {
  const { attempt } = dialogue;
  if (!attempt) return { state: 'unfinished' };
  if (attempt.standing === 'incomplete') return { state: 'outage', ending: attempt.ending };
  try {
    const simulated = attempt.stated === undefined;
    if (simulated) await simulateAgain(dialogue, attempt, replay);
    return { state: 'same', simulated, judged: await judgeAgain(dialogue, attempt, replay) };
  } catch (error) {
    if (error instanceof ReplayDiffers) return { state: 'differs', difference: error.difference };
    throw error instanceof MatrixError ? about(dialogue, error) : error;
  }
}

function about(key: DialogueKey, cause: MatrixError): MatrixError {
  const { mend, exitCode, message } = cause;
  return new MatrixError(`dialogue ${dialogueId(key)}: ${message}`, { mend, exitCode, cause });
}
