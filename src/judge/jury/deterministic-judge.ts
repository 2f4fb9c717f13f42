import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { createBehvJudge, type BehvJudge } from '../behv-judge.js';
import { createDeterministicJuror } from '../deterministic-juror.js';
import type { Juror } from '../juror.js';
import { loadRecognition } from '../reading/recognition.js';

/** The juror that needs no model. */
export function deterministicJuror(taxonomy: Taxonomy): Juror {
  return createDeterministicJuror(taxonomy, loadRecognition());
}

/** The judge that needs no model: the deterministic stage as its only juror. */
export function deterministicJudge(taxonomy: Taxonomy): BehvJudge {
  return createBehvJudge(taxonomy, [deterministicJuror(taxonomy)]);
}
