import type { Command } from 'commander';
import { fileURLToPath } from 'node:url';
import { nameAgents } from '../../../agents/under-test/open-agent.js';
import { MatrixError } from '../../../errors.js';
import { hazardFinder } from '../../../judge/find-hazards.js';
import { planSchema } from '../../../plan/plan.js';
import { readPlan } from '../../../plan/read-plan.js';
import { validate } from '../../../read-file.js';
import { storeFlag } from '../../../report/render-way-on.js';
import type { JudgingSource } from '../../../runs/judging/judging-source.js';
import { openStoredRun } from '../../../runs/judging/stored-run.js';
import { loadLibrary, type Library } from '../../../runs/library.js';
import { assertReferenceAgents } from '../../../runs/recorded/reference-agents-only.js';
import { runPlan } from '../../../runs/run-plan.js';
import type { RunStore } from '../../../store/run-store.js';
import { openSqliteStore } from '../../../store/sqlite/sqlite-store.js';
import { madeWith } from '../../made-with.js';
import { findRun, STORE_OPTION, withStore } from '../../store-option.js';

export const TOUR = fileURLToPath(new URL('../../../../plans/tour.yaml', import.meta.url));

/** The flags that say for which dialogues a recording is. */
export interface DialogueFlags {
  readonly run?: string;
  readonly plan?: string;
  readonly store: string;
  readonly json?: boolean;
}

/** Adds {@link DialogueFlags} to a command. */
export function withDialogueFlags(command: Command): Command {
  return command
    .option('--run <run>', 'a stored run of reference agents, for which the recording is')
    .option('--plan <file>', 'or a plan, whose dialogues are held anew (default: the tour)')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON');
}

/** The same dialogues, as the next command must be told of them. */
export function dialogueWords({ run, plan, store }: DialogueFlags): string {
  if (run !== undefined) return ` --run ${run}${storeFlag(store)}`;
  return plan === undefined ? '' : ` --plan ${plan}`;
}

interface Dialogues {
  readonly source: JudgingSource;
  readonly library: Library;
}

/**
 * Does work on the dialogues for which a recording is.
 * @param folder of the recording
 * @throws MatrixError where they are not all held, or an agent is no reference agent
 */
export async function withDialogues<T>(
  folder: string,
  { run: id, plan, store: place }: DialogueFlags,
  work: (dialogues: Dialogues) => Promise<T>,
): Promise<T> {
  if (id !== undefined && plan !== undefined) {
    throw new MatrixError('--run and --plan exclude each other', { mend: 'Give one of them.' });
  }
  if (id !== undefined) {
    return withStore(place, async (store) => work(await dialoguesOf(store, id, folder)));
  }
  const store = openSqliteStore(':memory:');
  try {
    return await work(await dialoguesOf(store, await hold(store, plan ?? TOUR, folder), folder));
  } finally {
    await store.close();
  }
}

/** Holds the dialogues of a plan, whoever it says judges them. */
async function hold(store: RunStore, file: string, folder: string): Promise<string> {
  const unjudged = { judges: [], second: undefined, policy: undefined, failOn: [] };
  const plan = validate({ ...readPlan(file), ...unjudged }, file, planSchema);
  // Before agents that would cost something are called.
  assertReferenceAgents({ judges: [`recorded:${folder}`] }, nameAgents(plan.agents));
  return (await runPlan(plan, { store })).run.id;
}

async function dialoguesOf(store: RunStore, id: string, folder: string): Promise<Dialogues> {
  const run = await findRun(store, id);
  assertReferenceAgents({ judges: [`recorded:${folder}`] }, run.agents);
  if (run.sampling) {
    throw new MatrixError(`run ${id} stops early, and a recording is for a whole plan`, {
      mend: 'Name a run without --until-width and --until-rating.',
    });
  }
  const held = (await store.runs()).find((each) => each.id === id)?.held ?? 0;
  if (held < run.planned) {
    throw new MatrixError(`run ${id} holds ${held} of its ${run.planned} dialogues`, {
      mend: `Answers about the others would be lost; go on with it: matrix-sim run --resume ${id}${storeFlag(run.plan.store)}`,
    });
  }
  const library = loadLibrary(madeWith(run, {}));
  const context = { library, findHazards: hazardFinder(library.taxonomy) };
  return { source: openStoredRun(run, store, context), library };
}
