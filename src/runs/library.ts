import { loadPhrases, type PatientPhrases } from '../agents/patbot/phrases.js';
import { createBehvJudge, type BehvJudge } from '../judge/behv-judge.js';
import { createDeterministicJuror } from '../judge/deterministic-juror.js';
import type { Juror } from '../judge/juror.js';
import { findHazards } from '../judge/find-hazards.js';
import { loadRecognition } from '../judge/reading/recognition.js';
import { loadScenarios, type ScenarioLibrary } from '../scenarios/load-scenarios.js';
import type { Turn } from '../transcript/transcript.js';
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

/** The juror that needs no model. */
export function deterministicJuror(taxonomy: Taxonomy): Juror {
  return createDeterministicJuror(taxonomy, loadRecognition());
}

/** The judge that needs no model: the deterministic stage as its only juror. */
export function deterministicJudge(taxonomy: Taxonomy): BehvJudge {
  return createBehvJudge(taxonomy, [deterministicJuror(taxonomy)]);
}

/** Finds the hazards that a patient's words bring up, by the judge's own recognition data. */
export function hazardFinder(): (turns: readonly Turn[]) => string[] {
  const recognition = loadRecognition();
  return (turns) => findHazards(turns, recognition);
}
