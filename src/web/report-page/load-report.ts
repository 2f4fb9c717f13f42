import { MatrixError } from '../../errors.js';
import { chooseSides, type SidePair, type Target } from '../../report/comparison/choose-sides.js';
import { compareStored, type ComparisonReport } from '../../report/comparison/compare-stored.js';
import { DEFAULT_MARGIN } from '../../report/comparison/conclude.js';
import { measureRealism } from '../../report/realism.js';
import { summariseStored } from '../../report/summarise-stored.js';
import type { ScenarioLibrary } from '../../scenarios/load-scenarios.js';
import {
  contentOf,
  type Judging,
  type RunRecord,
  type StoredDialogue,
} from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import type { ReportModel } from './report-model.js';

/** Dialogues up to which a page holds them all: about 1 kB each. */
const MOST_DIALOGUES = 20_000;

export interface ReportSource {
  readonly run: RunRecord;
  readonly judging: Judging | undefined;
  readonly taxonomy: Taxonomy;
  readonly library: ScenarioLibrary;
  /** A run, or an agent of one, against which the agents are held beside each other. */
  readonly against?: Target | undefined;
}

/**
 * Reads a run as one judging sees it.
 * @throws MatrixError where it is too large for one page
 */
export async function loadReport(
  store: RunStore,
  source: ReportSource,
): Promise<Omit<ReportModel, 'calibration' | 'changes'>> {
  const { run, judging, taxonomy, library } = source;
  if (run.planned > MOST_DIALOGUES) {
    throw new MatrixError(
      `run ${run.id} has ${run.planned} dialogues; one page takes ${MOST_DIALOGUES} at most`,
      { mend: `Look at it in the viewer: matrix-sim view ${run.id}` },
    );
  }
  const dialogues: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues(run.id, judging?.id)) dialogues.push(dialogue);
  const scenarios = new Map(library.scenarios.map((scenario) => [scenario.id, scenario]));
  return {
    summary: await summariseStored(store, run, judging, taxonomy),
    comparison: await compare(store, source),
    realism: await measureRealism(store.dialogues(run.id), scenarios),
    notes: changedSince(source),
    ...{ taxonomy, scenarios, dialogues },
  };
}

async function compare(
  store: RunStore,
  source: ReportSource,
): Promise<ComparisonReport | undefined> {
  const { run, judging, taxonomy, against } = source;
  if (!judging) return undefined;
  const own: Target = { of: { run, judging }, agent: undefined };
  const within = run.agents.length > 1 ? chooseSides(own, undefined, []) : [];
  if (!against) return within.length > 0 ? over([own, own], within) : undefined;
  return over([own, against], [...within, ...chooseSides(against, own, [])]);

  function over(targets: readonly [Target, Target], pairs: readonly SidePair[]) {
    const runs = [targets[0].of, targets[1].of] as const;
    return compareStored(store, { runs, pairs, margin: DEFAULT_MARGIN }, taxonomy);
  }
}

/** The folders as they are now may not be what the run was made with. */
function changedSince({ run, taxonomy, library }: ReportSource): string[] {
  const now = { taxonomy: taxonomy.fingerprint, scenarios: library.fingerprint };
  return (['taxonomy', 'scenarios'] as const)
    .filter((name) => {
      const then = contentOf(run, name)?.fingerprint;
      return then !== undefined && then !== now[name];
    })
    .map((name) => `The ${name} on disk have changed since the run was made; names are of today.`);
}
