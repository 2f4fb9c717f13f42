import type { BehvJudge, JudgedDialogue } from '../../judge/behv-judge.js';
import {
  dialogueId,
  type Attempt,
  type DialogueKey,
  type RunRecord,
  type StoredDialogue,
} from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import { judgedTranscript, type TranscriptContext } from './judged-transcript.js';
import { judgedDialogueOf, type JudgingSource, type JudgingTask } from './judging-source.js';
import { findScenario } from '../planning/plan-run.js';
import { assertSameContents, contentsOf, JUDGED_BY } from '../planning/contents.js';

/**
 * A run that is stored, to be judged anew: of every dialogue the attempt that counts.
 * @throws MatrixError where taxonomy or scenarios are not those with which the run was made
 */
export function openStoredRun(
  run: RunRecord,
  store: RunStore,
  context: TranscriptContext,
): JudgingSource {
  assertSameContents(run, contentsOf(context.library, []), JUDGED_BY);
  return {
    run,
    nameOf: dialogueId,
    tasks: async function* (judging) {
      for await (const dialogue of store.dialogues(run.id, judging)) {
        if (!dialogue.verdicts) yield taskOf(dialogue, context);
      }
    },
  };
}

function taskOf(
  { scenario, agent, repeat, attempt }: StoredDialogue,
  context: TranscriptContext,
): JudgingTask {
  const key = { scenario, agent, repeat };
  return { key, dialogueFor: (judge) => attempt && judgedStored(key, attempt, judge, context) };
}

/**
 * What a judge gets of a stored attempt, simulated or from elsewhere; undefined where its standing does
 * not allow it to be judged.
 * @throws MatrixError where the library has no such scenario
 */
export function judgedStored(
  { scenario }: Pick<DialogueKey, 'scenario'>,
  attempt: Attempt,
  judge: Pick<BehvJudge, 'readsText'>,
  context: TranscriptContext,
): JudgedDialogue | undefined {
  const { stated, turns } = attempt;
  if (stated) return judgedTranscript({ ...stated, turns }, judge, context);
  return judgedDialogueOf(attempt, findScenario(context.library.scenarios.scenarios, scenario));
}
