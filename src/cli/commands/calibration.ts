import { MatrixError } from '../../errors.js';
import { calibrateRun } from '../../review/calibrate-run.js';
import { carryToRun, type Carried } from '../../review/carry-to-run.js';
import { readGateBounds } from '../../review/read-gate-bounds.js';
import {
  renderCalibration,
  renderCarried,
  type Calibration,
} from '../../review/render-calibrated.js';
import { reviewOfRun } from '../../review/review-of-run.js';
import type { Judging, RunRecord } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import { loadTaxonomy, type Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { madeWith } from '../made-with.js';
import { findRun } from '../store-option.js';

export interface CalibrationFlags {
  readonly calibrated?: boolean;
  readonly measuredOn?: string;
  readonly gate?: string;
  readonly taxonomy?: string;
}

/** What reviewers' labels make of a run: its own, or those of the run that its judge was measured on. */
export interface Calibrated {
  readonly calibration?: Calibration;
  readonly carried?: Carried;
}

/** @throws MatrixError where there is nothing to correct by */
export async function calibrate(
  store: RunStore,
  run: RunRecord,
  judging: Judging | undefined,
  taxonomy: Taxonomy,
  flags: CalibrationFlags,
): Promise<Calibrated> {
  const { calibrated, measuredOn, gate } = flags;
  if (!calibrated) {
    if (measuredOn === undefined && gate === undefined) return {};
    throw new MatrixError('--measured-on and --gate go with --calibrated', {
      mend: 'Add --calibrated.',
    });
  }
  const bounds = gate === undefined ? undefined : readGateBounds(gate);
  const review = await reviewOfRun(store, run, judging);
  if (measuredOn !== undefined) {
    const other = await findRun(store, measuredOn);
    const theirs = loadTaxonomy(madeWith(other, flags).taxonomy);
    return { carried: await carryToRun(store, review, other, theirs) };
  }
  const calibration = calibrateRun(review, taxonomy, bounds);
  if (calibration) return { calibration };
  throw new MatrixError(`nobody has reviewed run ${run.id}`, {
    mend: `Begin: matrix-sim review export ${run.id} --out FOLDER`,
  });
}

export function renderCalibrated({ calibration, carried }: Calibrated): string[] {
  return [
    ...(calibration ? ['', ...renderCalibration(calibration)] : []),
    ...(carried ? ['', ...renderCarried(carried)] : []),
  ];
}
