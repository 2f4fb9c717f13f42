import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { createDeterministicJuror } from '../deterministic-juror.js';
import type { Juror } from '../juror.js';
import { loadRecognition } from '../reading/recognition.js';

/** The juror that needs no model. */
export function deterministicJuror(taxonomy: Taxonomy): Juror {
  return createDeterministicJuror(taxonomy, loadRecognition(taxonomy));
}
