import type { BehvJudge } from '../../judge/behv-judge.js';
import type { Hearing } from '../../judge/juror.js';
import type { Judgement } from '../../judge/verdict.js';
import type { DialogueKey, RunRecord } from '../../store/run-record.js';
import type { JudgedAttempt } from '../../store/run-store.js';

/** A dialogue that waits for the verdicts of one judging. */
export interface JudgingTask {
  readonly key: DialogueKey;
  /** Undefined where the dialogue's standing does not allow it to be judged. */
  judge(judge: BehvJudge, hearing: Hearing): Promise<Judgement | undefined>;
  save(judged: JudgedAttempt): Promise<void>;
}

/** What is to be judged: a run that is stored, or transcripts that become one. */
export interface JudgingSource {
  readonly run: RunRecord;
  /** What a dialogue is called in a file of verdicts. */
  nameOf(key: DialogueKey): string;
  /** The dialogues that have no verdicts of this judging. */
  tasks(judging: string): AsyncIterable<JudgingTask>;
}
