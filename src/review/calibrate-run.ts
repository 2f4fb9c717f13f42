import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { calibratedRates, measureJudge } from './calibrated-rates.js';
import type { Calibration } from './render-calibrated.js';
import { drawnCases, drawnPack, type ReviewOfRun } from './review-of-run.js';
import { validityGate, type GateBounds } from './validity-gate.js';

/** What the labels of a run's latest drawn pack make of its figures; undefined without such a pack. */
export function calibrateRun(
  review: ReviewOfRun,
  taxonomy: Taxonomy,
  bounds?: GateBounds,
): Calibration | undefined {
  const pack = drawnPack(review);
  if (!pack) return undefined;
  const cases = drawnCases(review, taxonomy);
  const { seed } = review.run.plan;
  const labelled = new Set(
    review.reviewed.filter(({ drawn }) => drawn.length > 0).map(({ dialogue }) => dialogue),
  );
  const unlabelled = pack.items.filter(({ dialogue }) => !labelled.has(dialogue)).length;
  return {
    pack: pack.id,
    waiting: { unlabelled, open: pack.items.length - cases.length - unlabelled },
    rates: calibratedRates(review.dialogues, cases, seed),
    judge: measureJudge(cases, 'any', seed),
    gate: validityGate(cases, seed, bounds),
  };
}
