import { loadPhrases, type PatientPhrases } from '../agents/patbot/phrases.js';
import { loadScenarios, type ScenarioLibrary } from '../scenarios/load-scenarios.js';
import { loadTaxonomy, type Taxonomy } from '../taxonomy/load-taxonomy.js';

/** All that is read from disk before a run: the content that its results depend on. */
export interface Library {
  readonly taxonomy: Taxonomy;
  readonly scenarios: ScenarioLibrary;
  readonly phrases: PatientPhrases;
}

/** @throws MatrixError naming the file that is wrong */
export function loadLibrary(folders: { taxonomy?: string; scenarios?: string } = {}): Library {
  const taxonomy = loadTaxonomy(folders.taxonomy);
  return {
    taxonomy,
    scenarios: loadScenarios(taxonomy, folders.scenarios),
    phrases: loadPhrases(),
  };
}
