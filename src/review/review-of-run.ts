import type { Judging, RunRecord } from '../store/run-record.js';
import type { DialogueLabel, Pack, RealismPack, SafetyPack } from '../store/review-record.js';
import type { RunStore } from '../store/run-store.js';
import type { StoredDialogue } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { reviewedCases, type ReviewedCase } from './reviewed-cases.js';
import { settleLabels, type ReviewedDialogue } from './settle-labels.js';

/** A run as one judging sees it, with what people were given of it and said of it. */
export interface ReviewOfRun {
  readonly run: RunRecord;
  readonly judging: Judging | undefined;
  readonly dialogues: readonly StoredDialogue[];
  readonly packs: readonly Pack[];
  readonly labels: readonly DialogueLabel[];
  readonly reviewed: readonly ReviewedDialogue[];
}

export async function reviewOfRun(
  store: RunStore,
  run: RunRecord,
  judging: Judging | undefined,
): Promise<ReviewOfRun> {
  const dialogues: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues(run.id, judging?.id)) dialogues.push(dialogue);
  const labels = await store.labels(run.id);
  const packs = await store.packs(run.id);
  return { run, judging, dialogues, packs, labels, reviewed: settleLabels(labels) };
}

/** The latest pack that was drawn: figures weighted by its probabilities hold for the whole run. */
export function drawnPack({ packs }: Pick<ReviewOfRun, 'packs'>): SafetyPack | undefined {
  return packs.flatMap((pack) => (pack.study === 'safety' ? [pack] : [])).at(-1);
}

export function realismPack({ packs }: Pick<ReviewOfRun, 'packs'>): RealismPack | undefined {
  return packs.flatMap((pack) => (pack.study === 'realism' ? [pack] : [])).at(-1);
}

/** The dialogues of the latest drawn pack on which people have settled; none without such a pack. */
export function drawnCases(review: ReviewOfRun, taxonomy: Taxonomy): ReviewedCase[] {
  const pack = drawnPack(review);
  return pack ? reviewedCases(pack, review.reviewed, review.dialogues, taxonomy) : [];
}
