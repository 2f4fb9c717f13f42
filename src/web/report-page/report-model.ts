import type { ComparisonReport } from '../../report/comparison/compare-stored.js';
import type { RealismMetric } from '../../report/realism.js';
import type { RunSummary } from '../../report/summarise-run.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { StoredDialogue } from '../../store/run-record.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';

/** A part of the page that others worked out, as lines. */
export interface Lines {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What reviewers' labels of a drawn sample make of rates and judge. */
export interface Reviewed {
  /** Dialogues on which the judge was measured. */
  readonly dialogues: number;
  /** How the judge stands to the bounds from which it may be relied on. */
  readonly gate: string;
  readonly lines: readonly string[];
}

/** All that the page of a run is made from; the same model gives the same page, to the byte. */
export interface ReportModel {
  readonly summary: RunSummary;
  readonly taxonomy: Taxonomy;
  /** By id; without those of transcripts from elsewhere. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** In the store's order. */
  readonly dialogues: readonly StoredDialogue[];
  /** Undefined where there are no two sides to compare, or nobody has judged. */
  readonly comparison: ComparisonReport | undefined;
  readonly realism: readonly RealismMetric[];
  /** Undefined where nobody has reviewed a drawn sample. */
  readonly calibration: Reviewed | undefined;
  /** What changed since another judging. */
  readonly changes: Lines | undefined;
  /** What the reader of this page should know of how it was made. */
  readonly notes: readonly string[];
}
