import { createCallRecorder } from '../calls/call-recorder.js';
import { simulateJob } from '../runs/holding/hold-job.js';
import type { Attempt, StoredDialogue } from '../store/run-record.js';
import { castAgain } from './cast-again.js';
import type { OpenReplay } from './open-replay.js';
import { assertTurns, recordedAgent } from './recorded-agent.js';
import { assertSame } from './replay-differs.js';
import { replayRecording } from './replay-recording.js';

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
  const { scenario, agent, repeat, restarts } = dialogue;
  const key = { scenario, agent, repeat };
  const job = castAgain(run, library, replay.personas, key);
  const { persona, wording } = job.casting;
  assertSame(
    'casting',
    { persona: attempt.persona, wording: attempt.wording },
    { persona, wording },
  );
  const before = invalidBefore(dialogue, attempt);
  const calls = await store.calls(run.id, key, { take: restarts + before + 1 });
  const recording = replayRecording(calls.filter(({ role }) => role !== 'agent'));
  const held = await simulateJob(job, recordedAgent(attempt), {
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

/** Attempts that the patient spoiled before the one that counts. */
function invalidBefore({ invalid }: StoredDialogue, { standing }: Attempt): number {
  return standing === 'invalid' ? invalid - 1 : invalid;
}
