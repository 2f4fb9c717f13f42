import type { ReviewOfRun } from '../../../review/review-of-run.js';
import { reviewOfRun } from '../../../review/review-of-run.js';
import { loadScenarios } from '../../../scenarios/load-scenarios.js';
import { dialogueId, type DialogueKey, type StoredDialogue } from '../../../store/run-record.js';
import type { RunStore } from '../../../store/run-store.js';
import { loadTaxonomy } from '../../../taxonomy/load-taxonomy.js';
import { noDialogue } from '../../dialogue-name.js';
import { madeWith } from '../../made-with.js';
import { findJudging, findRun } from '../../store-option.js';

export interface ReviewFlags {
  readonly store: string;
  readonly judging?: string;
  readonly taxonomy?: string;
  readonly scenarioLibrary?: string;
  readonly json?: boolean;
}

export async function openReview(
  store: RunStore,
  id: string,
  flags: ReviewFlags,
): Promise<ReviewOfRun> {
  const run = await findRun(store, id);
  return reviewOfRun(store, run, await findJudging(store, id, flags.judging));
}

/** Taxonomy and scenarios with which the run was made. */
export function contentOf({ run }: Pick<ReviewOfRun, 'run'>, flags: ReviewFlags) {
  const folders = madeWith(run, flags);
  const taxonomy = loadTaxonomy(folders.taxonomy);
  return { taxonomy, scenarios: loadScenarios(taxonomy, folders.scenarioLibrary).scenarios };
}

/** @throws MatrixError where the run has no such dialogue */
export function dialogueIn({ run, dialogues }: ReviewOfRun, key: DialogueKey): StoredDialogue {
  const id = dialogueId(key);
  const stored = dialogues.find((each) => dialogueId(each) === id);
  if (stored) return stored;
  throw noDialogue(run.id, id);
}
