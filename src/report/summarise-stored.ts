import type { Judging, RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { summariseRun, type RunSummary } from './summarise-run.js';

/** Sums up a run as one judging sees it, with what is known of that judge's errors. */
export async function summariseStored(
  store: RunStore,
  run: RunRecord,
  judging: Judging | undefined,
  taxonomy: Taxonomy,
): Promise<RunSummary> {
  const validity = judging ? await store.validities(judging.judgeFingerprint) : [];
  const usage = await store.usage(run.id);
  return summariseRun(
    run,
    judging,
    store.dialogues(run.id, judging?.id),
    taxonomy,
    validity,
    usage,
  );
}
