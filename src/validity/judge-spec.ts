import { MatrixError } from '../errors.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import { secretOf } from '../judge/secret.js';
import type { Models } from '../models/open-model.js';
import type { Recording } from '../models/recording.js';
import { judgeTranscript } from '../runs/judging/judge-transcript.js';
import { hazardFinder } from '../judge/find-hazards.js';
import type { Library } from '../runs/library.js';
import { openJury } from '../judge/jury/open-jury.js';
import type { BenchedJudge } from './benched-judge.js';
import { fileJudge } from './file-judge.js';
import { judgeCalls } from './judge-calls.js';

/** What judges of one bench share. */
export interface JudgeContext {
  readonly models: Models;
  /** What marks and orders in the prompts derive from. */
  readonly nonce: string;
  readonly recording?: Recording | undefined;
  /** Spec of a stronger juror, asked only where the judge's own fail, abstain or are unsure. */
  readonly second?: string | undefined;
}

/**
 * Makes a judge from its spec: a juror or a jury file as `run --judge` takes them, or
 * `file:VERDICTS.jsonl` with verdicts made elsewhere.
 * @throws MatrixError where there is no such judge, or it lacks a key
 */
export async function openJudge(
  spec: string,
  library: Library,
  context: JudgeContext,
): Promise<BenchedJudge> {
  const { second, models } = context;
  if (!spec.startsWith('file:')) {
    const jury = await openJury({ judges: [spec], second }, library.taxonomy, models);
    return benched(
      second === undefined ? spec : `${spec}, second ${second}`,
      jury,
      library,
      context,
    );
  }
  if (second === undefined) return fileJudge(spec, library.taxonomy);
  throw new MatrixError(`${spec} cannot have a second juror: its verdicts are made already`, {
    mend: 'Leave --second out, or name a judge that judges here.',
  });
}

function benched(
  name: string,
  jury: BehvJudge,
  library: Library,
  { nonce, recording }: JudgeContext,
): BenchedJudge {
  const context = { library, findHazards: jury.readsText ? () => [] : hazardFinder() };
  const { signal } = new AbortController();
  return {
    name,
    fingerprint: jury.fingerprint,
    isMetered: true,
    call: async (dialogue, repeat, meter) => {
      const calls = judgeCalls({ dialogue: dialogue.id, repeat, recording, meter });
      const secret = secretOf(nonce, `${dialogue.id} ${repeat}`);
      const hearing = { calls, secret, signal };
      const { verdicts } = await judgeTranscript(dialogue, jury, hearing, context);
      return verdicts;
    },
  };
}
