import { createCallRecorder } from '../calls/call-recorder.js';
import { simulateJob } from '../runs/holding/hold-job.js';
import type { Attempt, StoredDialogue } from '../store/run-record.js';
import { castAgain } from './cast-again.js';
import type { OpenReplay } from './open-replay.js';
import { assertTurns, recordedAgent } from './recorded-agent.js';
import { assertSame } from './replay-differs.js';
import { readRecorded } from './recorded-dialogue.js';
import { replayRecording } from './replay-recording.js';
import { simulateFrom } from './simulate-from.js';

/**
 * Holds a stored dialogue again, in the take that counts: graph, ear, director, patient and its review.
 * @param attempt the one that counts
 * @throws ReplayDiffers where the transcript, or what is kept of it, comes out otherwise
 */
export async function simulateAgain(
  dialogue: StoredDialogue,
  attempt: Attempt,
  replay: OpenReplay,
): Promise<void> {
  const { run, store, library, patient, ear, signal } = replay;
  const { scenario, agent, repeat } = dialogue;
  const job = castAgain(run, library, replay.personas, { scenario, agent, repeat });
  const { persona, wording } = job.casting;
  assertSame(
    'casting',
    { persona: attempt.persona, wording: attempt.wording },
    { persona, wording },
  );
  const { calls, before } = await readRecorded(store, run.id, dialogue, attempt);
  const recording = replayRecording(calls);
  const hold = run.source ? simulateFrom(store, run.source) : simulateJob;
  const held = await hold(job, recordedAgent(attempt), {
    phrases: library.phrases,
    maxTurns: run.plan.maxTurns,
    patient,
    ear,
    signal,
    attempt: before + 1,
    calls: createCallRecorder(recording),
  });
  assertTurns(attempt.turns, held.turns);
  recording.assertAllAsked();
  // Older stores do not hold what was misheard.
  const mishearings = attempt.mishearings === null ? null : held.mishearings;
  assertSame('attempt', attempt, { ...held, mishearings });
}
