import { existsSync } from 'node:fs';
import { hashesOfRun } from '../evidence/hashes-of-run.js';
import { createBudget, loadPrices } from '../models/budget.js';
import type { Judging, RunRecord } from '../store/run-record.js';
import type { CallUsage, RunStore } from '../store/run-store.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { summariseSampling } from './sampling/summarise-sampling.js';
import { summariseRun, type RunSummary, type Spent } from './summarise-run.js';

/** Sums up a run as one judging sees it, with what is known of that judge's errors. */
export async function summariseStored(
  store: RunStore,
  run: RunRecord,
  judging: Judging | undefined,
  taxonomy: Taxonomy,
): Promise<RunSummary> {
  const validity = judging ? await store.validities(judging.judgeFingerprint) : [];
  const usage = await store.usage(run.id);
  const spent = spentOn(usage, run.plan.prices);
  return summariseRun(
    run,
    judging,
    store.dialogues(run.id, judging?.id),
    taxonomy,
    validity,
    usage,
    spent,
    await hashesOfRun(store, run.id),
    await summariseSampling(store, run, judging, taxonomy),
  );
}

/** By the prices of the plan; null where it has none, or where their file is gone. */
export function spentOn(usage: readonly CallUsage[], file: string | undefined): Spent | null {
  if (file === undefined || usage.length === 0 || !existsSync(file)) return null;
  const prices = loadPrices(file);
  const budget = createBudget({ prices });
  budget.spendAgain(usage);
  const { money } = budget.spent;
  return money === null ? null : { money, currency: prices.currency };
}
