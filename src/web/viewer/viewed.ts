import type { Clock } from '../../determinism.js';
import { MatrixError } from '../../errors.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { Judging, RunRecord } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import type { Taxonomy } from '../../taxonomy/taxonomy.js';

/** What a run was made with, as far as it is on this machine. */
export interface Content {
  readonly taxonomy: Taxonomy;
  readonly scenarios: ReadonlyMap<string, Scenario>;
}

/** What the pages are made from. */
export interface Viewed {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly contentOf: (run: RunRecord) => Content;
}

/** Folders in place of those that a run names. */
export interface Folders {
  readonly taxonomy?: string | undefined;
  readonly scenarioLibrary?: string | undefined;
}

/** Reads taxonomy and scenarios of runs, those of one place once. */
export function contentReader(named: Folders): Viewed['contentOf'] {
  const known = new Map<string, Content>();
  return ({ plan }) => {
    const taxonomyFolder = named.taxonomy ?? plan.taxonomy;
    const library = named.scenarioLibrary ?? plan.scenarioLibrary;
    const key = JSON.stringify([taxonomyFolder, library]);
    const before = known.get(key);
    if (before) return before;
    const taxonomy = loadTaxonomy(taxonomyFolder);
    const { scenarios } = loadScenarios(taxonomy, library);
    const content = { taxonomy, scenarios: new Map(scenarios.map((each) => [each.id, each])) };
    known.set(key, content);
    return content;
  };
}

/** What a page is asked for that is not there. */
export class NotThere extends MatrixError {}

/** @throws NotThere where the store has no such run */
export async function findRun({ store }: Viewed, id: string): Promise<RunRecord> {
  const run = await store.run(id);
  if (run) return run;
  throw new NotThere(`there is no run ${id} in the store`, { mend: 'Choose one from the list.' });
}

/** The judging asked for, else the latest. @throws NotThere where the run has no such judging */
export async function findJudging(
  { store }: Viewed,
  run: string,
  id: string | undefined,
): Promise<{ readonly judging: Judging | undefined; readonly judgings: readonly Judging[] }> {
  const judgings = await store.judgings(run);
  const judging = id === undefined ? judgings.at(-1) : judgings.find((each) => each.id === id);
  if (judging || id === undefined) return { judging, judgings };
  throw new NotThere(`run ${run} has no judging ${id}`, { mend: 'Choose one from the list.' });
}
