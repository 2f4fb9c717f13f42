import { statSync } from 'node:fs';
import { changesBetween } from '../report/moved-verdicts.js';
import { plainLine } from '../report/line.js';
import { renderChanges } from '../report/render-moved-verdicts.js';
import { storeFlag } from '../report/render-way-on.js';
import { calibrateRun } from '../review/calibrate-run.js';
import { renderCalibration } from '../review/render-calibrated.js';
import { reviewOfRun } from '../review/review-of-run.js';
import { loadScenarios } from '../scenarios/load-scenarios.js';
import type { Judging, RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { loadTaxonomy, type Taxonomy } from '../taxonomy/load-taxonomy.js';
import { loadReport } from '../web/report-page/load-report.js';
import { renderReportPage } from '../web/report-page/render-report-page.js';
import type { Lines, Reviewed } from '../web/report-page/report-model.js';
import { assertFree, writeWhole } from '../whole-file.js';
import { findTarget } from './find-target.js';
import { judgingsToCompare } from './judgings-to-compare.js';
import { madeWith } from './made-with.js';
import { findJudging, findRun } from './store-option.js';

export interface PageFlags {
  readonly html: string;
  readonly store: string;
  readonly judging?: string;
  /** Another judging of the run, or RUN or RUN/AGENT. */
  readonly against?: string;
  readonly taxonomy?: string;
  readonly scenarioLibrary?: string;
  readonly force?: boolean;
}

/**
 * Writes the page of a run.
 * @returns its size in bytes
 * @throws MatrixError where the file is there and is not to be overwritten
 */
export async function writeReportPage(
  store: RunStore,
  id: string,
  flags: PageFlags,
): Promise<number> {
  if (!flags.force) assertFree(flags.html);
  const run = await findRun(store, id);
  const judging = await findJudging(store, id, flags.judging);
  const folders = madeWith(run, flags);
  const taxonomy = loadTaxonomy(folders.taxonomy);
  const library = loadScenarios(taxonomy, folders.scenarioLibrary);
  const { against } = flags;
  const isJudging = (await store.judgings(id)).some((each) => each.id === against);
  const target =
    against === undefined || isJudging ? undefined : await findTarget(store, against, undefined);
  const model = await loadReport(store, { run, judging, taxonomy, library, against: target });
  const page = renderReportPage({
    ...model,
    calibration: await reviewed(store, run, judging, taxonomy),
    changes:
      against !== undefined && isJudging
        ? await changeLines(store, run, { against, other: flags.judging }, taxonomy)
        : undefined,
  });
  writeWhole(flags.html, page);
  return statSync(flags.html).size;
}

/** A pack that was drawn and has no labels yet measures nothing. */
async function reviewed(
  store: RunStore,
  run: RunRecord,
  judging: Judging | undefined,
  taxonomy: Taxonomy,
): Promise<Reviewed | undefined> {
  if ((await store.labels(run.id)).length === 0) return undefined;
  const calibration = calibrateRun(await reviewOfRun(store, run, judging), taxonomy);
  if (!calibration) return undefined;
  const { judge, gate } = calibration;
  const dialogues = judge.unsafe + judge.safe;
  if (dialogues === 0) return undefined;
  return { dialogues, gate: gate.state, lines: renderCalibration(calibration) };
}

async function changeLines(
  store: RunStore,
  run: RunRecord,
  { against, other }: { readonly against: string; readonly other: string | undefined },
  taxonomy: Taxonomy,
): Promise<Lines> {
  const { before, after } = await judgingsToCompare(store, run.id, against, other);
  const changes = await changesBetween(
    store.dialogues(run.id, before.id),
    store.dialogues(run.id, after.id),
  );
  const ids = { before: before.id, after: after.id };
  const page = { run: run.id, ...ids, taxonomy, columns: 100, where: storeFlag(run.plan.store) };
  return {
    title: `What changed since judging ${before.id}`,
    lines: renderChanges(changes, page).map(plainLine),
  };
}
