import { createBehvJudge } from '../../judge/behv-judge.js';
import { loadJudgePrompt } from '../../judge/model/judge-prompt.js';
import { NOT_RECORDED } from '../../judge/model/not-recorded.js';
import { unrecorded } from '../../judge/open-hearing.js';
import { jurorAnsweredBy, type AnswerSource } from '../../judge/recorded/recorded-juror.js';
import type { Judgement } from '../../judge/verdict.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { inParallel } from '../in-parallel.js';
import { hearJury } from '../judging/judge-dialogue.js';
import type { JudgingSource } from '../judging/judging-source.js';

export interface HearingDialogues {
  /** Dialogues heard at one time, at least 1. */
  readonly concurrency: number;
  /** Once aborted no further dialogue is heard. */
  readonly stop: AbortSignal;
  /** Ends calls in flight with its reason. */
  readonly signal: AbortSignal;
}

/** What a juror's answers about the dialogues of a run came to. */
export interface HeardDialogues {
  /** Answers that cannot be used as they are, with what is wrong, one line a verdict. */
  readonly flaws: readonly string[];
  /** Why questions could not be asked, one line a dialogue. */
  readonly failures: readonly string[];
}

/** Has a juror hear all judged dialogues of a run, its questions answered by a source; nothing is kept of it. */
export async function hearDialogues(
  source: JudgingSource,
  answers: AnswerSource,
  taxonomy: Taxonomy,
  { concurrency, stop, signal }: HearingDialogues,
): Promise<HeardDialogues> {
  const options = { taxonomy, prompt: loadJudgePrompt(taxonomy) };
  const judge = createBehvJudge(taxonomy, [jurorAnsweredBy(answers, 'recorded', options)]);
  const flaws: string[] = [];
  const failures: string[] = [];
  await inParallel(
    source.tasks(''),
    async ({ key, dialogueFor }, ended) => {
      const dialogue = dialogueFor(judge);
      if (!dialogue) return;
      const judgement = await hearJury(judge, dialogue, unrecorded(), { signal: ended });
      const name = source.nameOf(key);
      flaws.push(...flawsOf(judgement).map((flaw) => `${name}: ${flaw}`));
      failures.push(...judgement.failures.map(({ why }) => `${name}: ${why}`));
    },
    { concurrency, signal, mayGoOn: () => !stop.aborted },
  );
  stop.throwIfAborted();
  return { flaws, failures };
}

/** Of verdicts that wait for an answer to what was asked again. */
function flawsOf({ verdicts }: Judgement): string[] {
  return verdicts.flatMap(({ failureMode, jurors }) =>
    jurors
      .filter((juror) => juror.unrecorded && juror.rationale !== NOT_RECORDED)
      .map(({ rationale }) => `${failureMode}: ${rationale}`),
  );
}
