import type { RunStore } from '../store/run-store.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { writeWhole } from '../whole-file.js';
import { listFailures } from './failure-list.js';
import { junitOf, type Undecided } from './junit.js';
import { markdownSummary } from './markdown-summary.js';
import type { RunSummary } from './summarise-run.js';

export interface ReportFiles {
  readonly junit?: string | undefined;
  readonly junitUndecided?: Undecided | undefined;
  readonly markdown?: string | undefined;
}

/**
 * Writes what a job attaches, over what is there: a job runs again.
 * @param at the store as the user named it
 * @throws MatrixError where a file cannot be written
 */
export async function writeReports(
  store: RunStore,
  summary: RunSummary,
  { junit, junitUndecided = 'fail', markdown }: ReportFiles,
  { taxonomy, at }: { readonly taxonomy: Taxonomy; readonly at: string },
): Promise<void> {
  const { run, judging, sampling } = summary;
  const dialogues = () => store.dialogues(run.id, judging?.id);
  if (junit !== undefined) {
    const needed = run.planned - (sampling?.saved ?? 0);
    const options = { taxonomy, undecided: junitUndecided, needed };
    writeWhole(junit, await junitOf(run, dialogues(), options));
  }
  if (markdown === undefined) return;
  const failures = await listFailures(dialogues(), {});
  const open = await listFailures(dialogues(), { open: true });
  writeWhole(markdown, markdownSummary({ summary, failures, open, store: at }));
}
