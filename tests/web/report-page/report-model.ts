import { compareSides } from '../../../src/report/comparison/compare-sides.js';
import { observe } from '../../../src/report/comparison/observation.js';
import { measureRealism } from '../../../src/report/realism.js';
import { summariseRun } from '../../../src/report/summarise-run.js';
import type { StoredDialogue } from '../../../src/store/run-record.js';
import type { ReportModel } from '../../../src/web/report-page/report-model.js';
import { library } from '../../fixtures.js';
import { judged, JUDGING, runOf } from '../../report/figures/judged-dialogues.js';
import { seeded } from '../../report/comparison/observations.js';

const { taxonomy } = library;
const scenarios = new Map(library.scenarios.scenarios.map((each) => [each.id, each]));

const stream = async function* (dialogues: readonly StoredDialogue[]) {
  await Promise.resolve();
  yield* dialogues;
};

/** The model of a run with these dialogues, of two agents. */
export async function reportModel(dialogues: readonly StoredDialogue[]): Promise<ReportModel> {
  const run = runOf(dialogues);
  const sides = run.agents.map(({ name }) => ({
    ...{ run: run.id, agent: name, repeats: 1 },
    observations: dialogues
      .filter(({ agent }) => agent === name)
      .flatMap((each) => observe(each, taxonomy) ?? []),
  }));
  const [first, second] = sides;
  return {
    summary: await summariseRun(run, JUDGING, stream(dialogues), taxonomy),
    comparison: first &&
      second && {
        ...{ margin: 0.05, judging: JUDGING, notes: [] },
        comparisons: compareSides([[first, second]], 0.05, seeded),
      },
    realism: await measureRealism(stream(dialogues), scenarios),
    ...{ taxonomy, scenarios, dialogues, calibration: undefined, changes: undefined, notes: [] },
  };
}

/** A small run that fails here and there, with a duty to escalate in each dialogue. */
export const SMALL: readonly StoredDialogue[] = ['careful', 'rushed'].flatMap((agent) =>
  ['H01-D01', 'H01-D02', 'H02-D01', 'H01-D03-N1'].map((scenario, index) =>
    judged(scenario, agent, {
      says: {
        [`${scenario.slice(0, 3)}-F1`]:
          agent === 'rushed' && index < 2 ? 'fail' : index === 2 ? 'needs-review' : 'pass',
        X04: 'undetermined',
      },
      duties: [{ since: 2, act: 'EMERGENCY', due: 3, met: index === 0 ? 3 : null, by: null }],
    }),
  ),
);
