import type { BehvJudge } from '../../judge/behv-judge.js';
import { hazardFinder } from '../../judge/find-hazards.js';
import { openJury } from '../../judge/jury/open-jury.js';
import { unrecorded } from '../../judge/open-hearing.js';
import type { Judgement } from '../../judge/verdict.js';
import { loneModels } from '../../models/lone-models.js';
import type { Models } from '../../models/open-model.js';
import { loadLibrary, type Library } from '../library.js';
import { hearJury } from './judge-dialogue.js';
import { judgedTranscript, type Transcript } from './judged-transcript.js';

export interface JudgeOptions {
  /** The taxonomy and scenarios by which it judges; those of the package unless given. */
  readonly library?: Library;
  /** Heard only where the others fail, abstain or are unsure. */
  readonly second?: string | undefined;
  /** File with a site's own rules. */
  readonly policy?: string | undefined;
  readonly models?: Models;
}

/** A jury that needs nothing but a dialogue. */
export interface Judge {
  readonly jury: BehvJudge;
  /**
   * Labels the failure modes of a dialogue. Where it names its scenario, the case file is read too;
   * where it names neither scenario nor hazard, the modes of all hazards are judged by a jury that
   * understands text, and those of the hazards found in the words by another.
   * @throws MatrixError where a model's key is refused
   * @throws the signal's reason where it aborts
   */
  judge(dialogue: Transcript, options?: { readonly signal?: AbortSignal }): Promise<Judgement>;
}

/**
 * Seats a jury: `deterministic`, models as `openai:MODEL`, or one `jury:FILE.yaml`.
 * @throws MatrixError where a spec is unknown, or a juror would sit twice
 */
export async function openJudge(
  specs: string | readonly string[] = 'deterministic',
  { library = loadLibrary(), models = loneModels(), second, policy }: JudgeOptions = {},
): Promise<Judge> {
  const judges = typeof specs === 'string' ? [specs] : specs;
  const jury = await openJury({ judges, second, policy }, library.taxonomy, models);
  const context = { library, findHazards: hazardFinder(library.taxonomy) };
  return {
    jury,
    judge: (dialogue, { signal = AbortSignal.any([]) } = {}) =>
      hearJury(jury, judgedTranscript(dialogue, jury, context), unrecorded(), { signal }),
  };
}
