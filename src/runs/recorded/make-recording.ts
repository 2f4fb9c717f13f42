import type { Clock } from '../../determinism.js';
import {
  hasRecordedAnswers,
  readRecordedAnswers,
  writeRecordedAnswers,
  type RecordedAnswers,
} from '../../judge/recorded/recorded-answers.js';
import { MatrixError } from '../../errors.js';
import { packageVersion } from '../../package-version.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { makeFolder, writeWhole } from '../../whole-file.js';
import type { JudgingSource } from '../judging/judging-source.js';
import { changedContents } from '../planning/contents.js';
import { hearDialogues, type HeardDialogues, type HearingDialogues } from './hear-dialogues.js';
import { recordingCard } from './recording-card.js';
import { RecordingDraft, type DraftOptions, type LackingPrompt } from './recording-draft.js';
import {
  assertSameModel,
  readRecordingFacts,
  withChange,
  type RecordingFacts,
  writeRecordingFacts,
} from './recording-facts.js';

export interface MakingOptions
  extends HearingDialogues, Required<Pick<DraftOptions, 'supply'>>, Pick<DraftOptions, 'nonceFor'> {
  readonly folder: string;
  /** Who answers; undefined where it is not stated. */
  readonly model: string | undefined;
  readonly taxonomy: Taxonomy;
  readonly clock: Clock;
}

export interface MadeRecording extends HeardDialogues {
  /** Questions of the run, of which so many were answered now. */
  readonly asked: number;
  readonly made: number;
  /** Questions that were kept and that the run asks no more. */
  readonly removed: number;
  readonly lacking: readonly LackingPrompt[];
}

/**
 * Makes a recording hold what the dialogues of a run ask, and nothing else. Each answer is on disk
 * before the next is asked for; the same again goes on where it was cut off, and changes nothing else.
 * @throws MatrixError where the folder cannot be written, another model answered before, or all that it
 *   holds is of other dialogues: nothing is removed then
 */
export async function makeRecording(
  source: JudgingSource,
  options: MakingOptions,
): Promise<MadeRecording> {
  const { folder, model, taxonomy, clock, supply, nonceFor = () => undefined } = options;
  const facts = readRecordingFacts(folder);
  assertSameModel(facts, model);
  const before = recordedBefore(folder);
  makeFolder(folder);
  const save = (answers: RecordedAnswers, removed: number) => {
    const { contents } = source.run;
    const change = { model, date: clock(), package: packageVersion(), contents, removed };
    const now = withChange(facts, { ...change, made: draft.made });
    writeRecordedAnswers(folder, answers);
    writeRecordingFacts(folder, now);
    writeWhole(`${folder}/README.md`, recordingCard(now, answers));
  };
  const draft = new RecordingDraft(before, {
    supply,
    nonceFor,
    keep: (answers) => save(answers, 0),
  });
  const heard = await hearDialogues(source, draft, taxonomy, options);
  const { asked, made, lacking, stale: removed, answers } = draft;
  if (removed > 0 && removed === before.size) assertChanged(facts, source, folder);
  if (draft.added + removed > 0) save(answers, removed);
  return { ...heard, asked, made, removed, lacking };
}

/** Where nothing changed on which questions rest, a recording that none of them asks for is of other dialogues. */
function assertChanged(
  facts: RecordingFacts | undefined,
  { run }: JudgingSource,
  folder: string,
): void {
  if (changedContents(facts?.contents ?? [], run.contents).length > 0) return;
  throw new MatrixError(`${folder} holds nothing that these dialogues ask`, {
    mend: 'Give the --run or --plan that it was made for, or name a new folder.',
  });
}

/** What a folder holds; nothing where it holds none yet. */
export function recordedBefore(folder: string): RecordedAnswers {
  return hasRecordedAnswers(folder) ? readRecordedAnswers(folder) : new Map();
}
