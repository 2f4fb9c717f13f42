import type { Clock } from '../determinism.js';
import { isConclusive } from '../runs/holding/hold-job.js';
import type { PreparedRun } from '../runs/holding/start-run.js';
import { judgedDialogueOf } from '../runs/judging/judging-source.js';
import { openJudging } from '../runs/judging/judging-of.js';
import type { Job } from '../runs/planning/plan-run.js';
import { STAGES, type Stage } from '../store/leases.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { assertHeldWhole } from './assert-shareable.js';
import type { JobQueue } from './job-queue.js';

/** Dialogues that one transaction queues. */
const GROUP = 1000;

/** Dialogues that were queued, for each stage. */
export type Enqueued = Readonly<Record<Stage, number>>;

/**
 * Queues what is to be held or judged of a run that is in the store; what is in its queues already stays
 * there once.
 * @throws MatrixError where the plan stops early, a process works on the run alone, or the database fails: what was queued
 *   stays, and the rest can be queued after it
 */
export async function enqueueRun(
  queue: JobQueue,
  prepared: PreparedRun,
  { store, clock }: { readonly store: RunStore; readonly clock: Clock },
): Promise<Enqueued> {
  const { judge, record } = prepared;
  assertHeldWhole(record.plan);
  const judging = judge && (await openJudging(store, record.id, judge, clock));
  const known = await stagesLeft(prepared, store, judging?.id);
  const added = { simulate: 0, judge: 0 };
  const group: Record<Stage, Job[]> = { simulate: [], judge: [] };
  const flush = async (stage: Stage) => {
    const keys = group[stage].splice(0).map(({ key }) => key);
    await queue.add({ run: record.id, stage }, keys, added[stage]);
    added[stage] += keys.length;
  };
  await store.clearStop(record.id);
  for (const job of prepared.jobs) {
    const stage = known.has(dialogueId(job.key)) ? known.get(dialogueId(job.key)) : 'simulate';
    if (stage && group[stage].push(job) === GROUP) await flush(stage);
  }
  for (const stage of STAGES) await flush(stage);
  return added;
}

/** Of the dialogues that were begun, what is left to do; undefined where nothing is. */
async function stagesLeft(
  prepared: PreparedRun,
  store: RunStore,
  judging: string | undefined,
): Promise<Map<string, Stage | undefined>> {
  const scenarios = new Map(prepared.library.scenarios.scenarios.map((each) => [each.id, each]));
  const stageOf = (dialogue: StoredDialogue): Stage | undefined => {
    const { attempt, verdicts, scenario } = dialogue;
    if (!attempt || !isConclusive(dialogue, prepared)) return 'simulate';
    const known = scenarios.get(scenario);
    const isOpen = judging !== undefined && !verdicts && known && judgedDialogueOf(attempt, known);
    return isOpen ? 'judge' : undefined;
  };
  const left = new Map<string, Stage | undefined>();
  for await (const dialogue of store.dialogues(prepared.record.id, judging)) {
    left.set(dialogueId(dialogue), stageOf(dialogue));
  }
  return left;
}
