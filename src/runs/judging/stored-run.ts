import { dialogueId, type RunRecord, type StoredDialogue } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import { judgeTranscript, type TranscriptContext } from './judge-transcript.js';
import type { JudgingSource, JudgingTask } from './judging-source.js';
import { findScenario } from '../planning/plan-run.js';
import { assertSameContents, contentsOf, JUDGED_BY } from '../planning/contents.js';
import { judgeAttempt } from '../holding/run-scenario.js';

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
        if (!dialogue.verdicts) yield taskOf(dialogue, run, store, context);
      }
    },
  };
}

function taskOf(
  { scenario, agent, repeat, attempt }: StoredDialogue,
  run: RunRecord,
  store: RunStore,
  context: TranscriptContext,
): JudgingTask {
  const key = { scenario, agent, repeat };
  return {
    key,
    judge: async (judge, hearing) => {
      if (!attempt) return undefined;
      if (attempt.stated) {
        return judgeTranscript(
          { ...attempt.stated, turns: attempt.turns },
          judge,
          hearing,
          context,
        );
      }
      const known = findScenario(context.library.scenarios.scenarios, scenario);
      return judgeAttempt(judge, known, attempt, hearing);
    },
    save: (judged) => store.saveJudgement(run.id, key, judged),
  };
}
