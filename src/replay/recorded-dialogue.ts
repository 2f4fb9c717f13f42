import type { Call } from '../calls/call.js';
import { MatrixError } from '../errors.js';
import {
  dialogueId,
  type Attempt,
  type DialogueKey,
  type StoredDialogue,
} from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';

/** A dialogue as it was held: the attempt that counts, and the simulator's calls in its take. */
export interface RecordedDialogue {
  readonly attempt: Attempt;
  /** Those of ear, patient and review; the agent's words stand in the turns. */
  readonly calls: readonly Call[];
  /** Attempts that the patient spoiled before; the next one's number is the sampling's. */
  readonly before: number;
}

/** @param attempt the one of the dialogue that counts */
export async function readRecorded(
  store: RunStore,
  run: string,
  { scenario, agent, repeat, restarts, invalid }: StoredDialogue,
  attempt: Attempt,
): Promise<RecordedDialogue> {
  const before = attempt.standing === 'invalid' ? invalid - 1 : invalid;
  const take = restarts + before + 1;
  const calls = await store.calls(run, { scenario, agent, repeat }, { take });
  return { attempt, before, calls: calls.filter(({ role }) => role !== 'agent') };
}

/** @throws MatrixError where the run holds no such dialogue, or none that was held */
export async function findRecorded(
  store: RunStore,
  run: string,
  key: DialogueKey,
): Promise<RecordedDialogue> {
  const dialogue = await store.dialogue(run, key);
  if (dialogue?.attempt) return readRecorded(store, run, dialogue, dialogue.attempt);
  throw new MatrixError(`run ${run} holds no dialogue ${dialogueId(key)}`, {
    mend: `See the scenarios and agents of the run: matrix-sim report ${run}`,
  });
}
