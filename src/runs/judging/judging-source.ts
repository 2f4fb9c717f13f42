import type { BehvJudge, JudgedDialogue } from '../../judge/behv-judge.js';
import type { Judgement } from '../../judge/verdict.js';
import { caseFileOf, withCueSaid, type CaseFile } from '../../scenarios/case-file.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { Attempt, DialogueKey, RunRecord } from '../../store/run-record.js';

/** A dialogue that waits for the verdicts of one judging. */
export interface JudgingTask {
  readonly key: DialogueKey;
  /** What the judge gets of it; undefined where its standing does not allow it to be judged. */
  readonly dialogueFor: (judge: Pick<BehvJudge, 'readsText'>) => JudgedDialogue | undefined;
  /** Of a dialogue that has no attempt in the store yet: the one that is kept with its verdicts. */
  readonly toAttempt?:
    ((judgement: Judgement, judge: Pick<BehvJudge, 'readsText'>) => Attempt) | undefined;
}

/** What is to be judged: a run that is stored, or transcripts that become one. */
export interface JudgingSource {
  readonly run: RunRecord;
  /** What a dialogue is called in a file of verdicts. */
  nameOf(key: DialogueKey): string;
  /** The dialogues that have no verdicts of this judging. */
  tasks(judging: string): AsyncIterable<JudgingTask>;
}

/**
 * What a judge gets of an attempt, where its standing allows: incomplete and invalid ones are not
 * judged, and one that was not exposed is judged for the cross-cutting modes alone. It is the turns
 * and the case file, nothing of how the dialogue was directed.
 */
export function judgedDialogueOf(
  attempt: Pick<Attempt, 'turns' | 'standing' | 'toldItems'> &
    Partial<Pick<Attempt, 'ownCue' | 'wording'>>,
  scenario: Scenario,
): JudgedDialogue | undefined {
  const { turns, standing } = attempt;
  if (standing === 'incomplete' || standing === 'invalid') return undefined;
  const caseFile = caseFileFor(attempt, scenario);
  return { turns, hazards: standing === 'valid' ? caseFile.hazards : [], caseFile };
}

function caseFileFor(
  { turns, toldItems, ownCue, wording }: Parameters<typeof judgedDialogueOf>[0],
  scenario: Scenario,
): CaseFile {
  const caseFile = caseFileOf(scenario, toldItems);
  const said = ownCue === undefined ? undefined : turns[ownCue - 1]?.text;
  return said !== undefined && wording ? withCueSaid(caseFile, wording, said) : caseFile;
}
