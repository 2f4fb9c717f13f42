import { journalRecording, type SealedRecording } from '../../calls/recording.js';
import type { BehvJudge, JudgedDialogue } from '../../judge/behv-judge.js';
import type { Hearing } from '../../judge/juror.js';
import { openHearing, type HearingOptions } from '../../judge/open-hearing.js';
import type { Judgement } from '../../judge/verdict.js';
import type { Logger } from '../../logger.js';
import { BudgetSpent } from '../../models/budget.js';
import { dialogueId, type DialogueKey } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import { UNOBSERVED_RUN, watched, type RunObservation } from '../../telemetry/observer.js';
import type { OpenJudging } from './judging-of.js';
import type { JudgingTask } from './judging-source.js';

/** Has a jury judge a dialogue, its calls through a recording, from which its marks come too. */
export async function hearJury(
  judge: BehvJudge,
  dialogue: JudgedDialogue,
  recording: SealedRecording,
  options: HearingOptions,
): Promise<Judgement> {
  return atHearing(recording, options, (hearing) => judge.judge(dialogue, hearing));
}

/** What is asked at a hearing on a recording, once nothing of it is under way any more. */
export async function atHearing<T>(
  recording: SealedRecording,
  options: HearingOptions,
  ask: (hearing: Hearing) => Promise<T>,
): Promise<T> {
  const hearing = openHearing(recording, options);
  try {
    return await ask(hearing);
  } finally {
    await hearing.settled();
  }
}

/** One judging of one run, under way. */
export interface JudgingUnderWay {
  readonly run: string;
  readonly judging: OpenJudging;
  readonly judge: BehvJudge;
  readonly store: RunStore;
  readonly logger: Logger;
  /** Ends calls in flight with its reason; what they were answered before is kept. */
  readonly signal: AbortSignal;
  readonly observed?: RunObservation | undefined;
}

/**
 * Gives a dialogue its verdicts and keeps them: the one way in which dialogues are judged, whether
 * they were just held, are stored, or come from elsewhere.
 * @returns false where the budget does not cover it or a juror could not be asked: verdicts of half a
 *   jury would stand for good, so the dialogue waits, with its calls in the journal
 * @throws MatrixError where all further calls would fail too
 */
export async function judgeDialogue(
  task: JudgingTask,
  underWay: JudgingUnderWay,
): Promise<boolean> {
  const { observed = UNOBSERVED_RUN, judge, judging } = underWay;
  const dialogue = task.dialogueFor(judge);
  if (!dialogue) return true;
  const observation = observed.judging(task.key, judging.id);
  return watched(observation, () => hearAndKeep(task, dialogue, underWay, observation.calls));
}

async function hearAndKeep(
  { key, toAttempt }: JudgingTask,
  dialogue: JudgedDialogue,
  underWay: JudgingUnderWay,
  onCalls: Omit<HearingOptions, 'signal'>,
): Promise<boolean> {
  const { run, judging, judge, store, logger, signal } = underWay;
  if (toAttempt) await store.beginDialogue(run, key);
  try {
    const recording = await judgingRecording(key, underWay);
    const judgement = await hearJury(judge, dialogue, recording, { ...onCalls, signal });
    for (const { juror } of judgement.failures) logger.warn({ run, ...key, juror }, 'juror failed');
    if (judgement.failures.length > 0) return false;
    const judged = { judging: judging.id, judgement };
    if (toAttempt) await store.saveAttempt(run, key, toAttempt(judgement, judge), judged);
    else await store.saveJudgement(run, key, judged);
    return true;
  } catch (error) {
    if (error instanceof BudgetSpent) return false;
    throw error;
  }
}

/** What the journal of a run holds of one judging of a dialogue that was begun. */
export async function judgingRecording(
  key: DialogueKey,
  { run, judging, store }: Pick<JudgingUnderWay, 'run' | 'judging' | 'store'>,
): Promise<SealedRecording> {
  const sitting = { judging: judging.id };
  const recorded = await store.calls(run, key, sitting);
  return {
    ...journalRecording(store.journal(run, key, sitting), recorded),
    nonce: judging.nonce,
    dialogue: dialogueId(key),
  };
}
