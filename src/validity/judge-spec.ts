import { MatrixError } from '../errors.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import type { HearingOptions } from '../judge/open-hearing.js';
import type { Meter } from '../models/meter.js';
import type { Models } from '../models/open-model.js';
import { ModelError } from '../models/model-error.js';
import type { Recordings } from '../models/recording-folder.js';
import { hearJury } from '../runs/judging/judge-dialogue.js';
import { judgedTranscript } from '../runs/judging/judged-transcript.js';
import { hazardFinder } from '../judge/find-hazards.js';
import type { Library } from '../runs/library.js';
import { openJury } from '../judge/jury/open-jury.js';
import type { BenchedJudge } from './benched-judge.js';
import { fileJudge } from './file-judge.js';

/** What judges of one bench share. */
export interface JudgeContext {
  readonly models: Models;
  /** Where calls are answered from and kept. */
  readonly recordings: Recordings;
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
  { recordings }: JudgeContext,
): BenchedJudge {
  const context = {
    library,
    findHazards: jury.readsText ? () => [] : hazardFinder(library.taxonomy),
  };
  return {
    name,
    fingerprint: jury.fingerprint,
    isMetered: true,
    call: async (dialogue, { repeat, meter, signal }) => {
      const { verdicts } = await hearJury(
        jury,
        judgedTranscript(dialogue, jury, context),
        recordings.of(dialogue.id, repeat),
        { signal, ...meteredBy(meter) },
      );
      return verdicts;
    },
  };
}

/** Counts calls, and those that came to nothing. */
function meteredBy(meter: Meter): Pick<HearingOptions, 'onAnswer' | 'onFailure'> {
  return {
    onAnswer: (call, replayed) => meter.count({ ...call, replayed }),
    onFailure: (error) => {
      if (error instanceof ModelError) meter.fail();
    },
  };
}
