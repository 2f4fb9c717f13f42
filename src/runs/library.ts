import { loadPhrases, type PatientPhrases } from '../agents/patbot/phrases.js';
import { loadScenarios, type ScenarioLibrary } from '../scenarios/load-scenarios.js';
import type { Plan } from '../plan/plan.js';
import { loadTaxonomy, type Taxonomy } from '../taxonomy/load-taxonomy.js';

/** All that is read from disk before a run: the content that its results depend on. */
export interface Library {
  readonly taxonomy: Taxonomy;
  readonly scenarios: ScenarioLibrary;
  readonly phrases: PatientPhrases;
}

/**
 * Loads the folders that a plan names, else those that come with the package.
 * @throws MatrixError naming the file that is wrong
 */
export function loadLibrary(
  folders: Partial<Pick<Plan, 'taxonomy' | 'scenarioLibrary'>> = {},
): Library {
  const taxonomy = loadTaxonomy(folders.taxonomy);
  return {
    taxonomy,
    scenarios: loadScenarios(taxonomy, folders.scenarioLibrary),
    phrases: loadPhrases(),
  };
}
