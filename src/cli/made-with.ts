import { withoutGaps } from '../plan/read-plan.js';
import type { RunRecord } from '../store/run-record.js';

interface Folders {
  readonly taxonomy?: string | undefined;
  readonly scenarioLibrary?: string | undefined;
}

/** The folders of taxonomy and scenarios that are named, else those with which the run was made. */
export function madeWith({ plan }: Pick<RunRecord, 'plan'>, named: Folders) {
  return withoutGaps({
    taxonomy: named.taxonomy ?? plan.taxonomy,
    scenarioLibrary: named.scenarioLibrary ?? plan.scenarioLibrary,
  });
}
