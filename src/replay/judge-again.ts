import type { Judgement } from '../judge/verdict.js';
import { hearJury } from '../runs/judging/judge-dialogue.js';
import { judgedStored } from '../runs/judging/stored-run.js';
import { dialogueId, type Attempt, type StoredDialogue } from '../store/run-record.js';
import type { OpenReplay } from './open-replay.js';
import { assertSame } from './replay-differs.js';
import { replayRecording } from './replay-recording.js';

/**
 * Has the jury of a judging hear a stored dialogue again.
 * @returns false where it has no verdicts
 * @throws ReplayDiffers where they come out otherwise
 */
export async function judgeAgain(
  { judgement, scenario, agent, repeat }: StoredDialogue,
  attempt: Attempt,
  { run, store, seated, transcripts, signal }: OpenReplay,
): Promise<boolean> {
  const key = { scenario, agent, repeat };
  const judged = seated && judgedStored(key, attempt, seated.judge, transcripts);
  if (!seated || !judgement || !judged) return false;
  const { id, nonce } = seated.judging;
  const recording = replayRecording(await store.calls(run.id, key, { judging: id }));
  const sealed = { ...recording, nonce: nonce ?? '', dialogue: dialogueId(key) };
  const now = await hearJury(seated.judge, judged, sealed, { signal });
  assertSameVerdicts(judgement, now);
  recording.assertAllAsked();
  assertSame('judgement', judgement, now);
  return true;
}

/** Verdict by verdict, so that a difference names the failure mode. */
function assertSameVerdicts({ verdicts: was }: Judgement, { verdicts: now }: Judgement): void {
  for (let index = 0; index < Math.max(was.length, now.length); index += 1) {
    const [before, after] = [was[index], now[index]];
    assertSame(`verdict on ${(before ?? after)?.failureMode ?? ''}`, before, after);
  }
}
