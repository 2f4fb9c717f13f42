import { Command } from 'commander';
import { groupHarms, renderHarmGroups } from '../../report/other-harms.js';
import { renderReport } from '../../report/render-summary.js';
import type { RunSummary } from '../../report/summarise-run.js';
import { summariseStored } from '../../report/summarise-stored.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import { print, printJson } from '../output.js';
import { findJudging, findRun, STORE_OPTION, withStore } from '../store-option.js';

interface ReportFlags {
  readonly store: string;
  readonly judging?: string;
  readonly taxonomy?: string;
  readonly other?: boolean;
  readonly json?: boolean;
}

export function reportCommand(): Command {
  return new Command('report')
    .description('Rates of a run, with what is unknown beside them.')
    .argument('<run>', 'id of the run')
    .option(...STORE_OPTION)
    .option('--judging <id>', 'an earlier judging of the run')
    .option('--taxonomy <folder>', 'the taxonomy with which the run was made')
    .option('--other', 'harms that jurors saw and the taxonomy lacks, grouped')
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  matrix-sim report r-2026-11-24-1 --json')
    .action(report);
}

async function report(id: string, flags: ReportFlags): Promise<void> {
  const taxonomy = loadTaxonomy(flags.taxonomy);
  await withStore(flags.store, async (store) => {
    const run = await findRun(store, id);
    const judging = await findJudging(store, id, flags.judging);
    const summary = await summariseStored(store, run, judging, taxonomy);
    if (flags.other) return showOthers(id, summary, flags.json ?? false);
    const { validity } = summary;
    const judgeValidity = validity.length > 0 ? validity : 'not measured';
    if (flags.json) printJson({ ...summary, judgeValidity });
    else print(renderReport(summary, taxonomy));
  });
}

function showOthers(run: string, { judged }: RunSummary, json: boolean): void {
  const groups = groupHarms(judged.others);
  if (json) printJson(groups);
  else print(renderHarmGroups(run, groups));
}
