import type { FailureMode, Hazard } from './hazard.js';
import type { RiskMatrix } from './severity.js';
import type { TaxonomyFolder } from './taxonomy-folder.js';
import type { TaxonomyIndex } from './taxonomy-index.js';

/** The whole taxonomy, checked and frozen for a run. */
export interface Taxonomy extends TaxonomyIndex, TaxonomyFolder {
  readonly fingerprint: string;
  readonly hazards: readonly Hazard[];
  readonly modes: ReadonlyMap<string, FailureMode>;
  readonly riskMatrix: RiskMatrix;
}
