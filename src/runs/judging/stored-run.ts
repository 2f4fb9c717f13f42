import { dialogueId, type RunRecord, type StoredDialogue } from '../../store/run-record.js';
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
  return {
    key,
    dialogueFor: (judge) => {
      if (!attempt) return undefined;
      const { stated, turns } = attempt;
      if (stated) return judgedTranscript({ ...stated, turns }, judge, context);
      const { scenarios } = context.library.scenarios;
      return judgedDialogueOf(attempt, findScenario(scenarios, scenario));
    },
  };
}
