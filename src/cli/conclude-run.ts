import { EXIT } from '../errors.js';
import type { Undecided } from '../report/junit.js';
import { renderOutcome } from '../report/render-outcome.js';
import { summariseStored } from '../report/summarise-stored.js';
import { writeReports } from '../report/write-reports.js';
import type { RanPlan } from '../runs/run-plan.js';
import type { RunStore } from '../store/run-store.js';
import { loadTaxonomy } from '../taxonomy/load-taxonomy.js';
import { statusUnderGates } from './gate-status.js';
import { columns, print, printJson } from './output.js';

/** How a person wants to be told what a run came to. */
export interface ConclusionFlags {
  readonly junit?: string;
  readonly junitUndecided?: Undecided;
  readonly json?: boolean;
}

/**
 * Prints what a run came to, and sets the exit status that it has under its gates.
 * @param seconds that it took, where it was carried out here
 */
export async function concludeRun(
  store: RunStore,
  { run, judging, interrupted }: Pick<RanPlan, 'run' | 'judging' | 'interrupted'>,
  flags: ConclusionFlags,
  seconds?: number,
): Promise<void> {
  const { plan } = run;
  const took = seconds === undefined ? {} : { seconds };
  const taxonomy = loadTaxonomy(plan.taxonomy);
  const summary = await summariseStored(store, run, judging, taxonomy);
  await writeReports(store, summary, flags, { taxonomy, at: plan.store });
  if (flags.json) printJson({ ...summary, interrupted, store: plan.store });
  else print(await renderOutcome(summary, { store, taxonomy, columns: columns(), ...took }));
  const status = statusUnderGates(plan.failOn, summary);
  process.exitCode = interrupted ? EXIT.interrupted : status;
}
