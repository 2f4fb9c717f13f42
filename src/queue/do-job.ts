import type { Logger } from '../logger.js';
import { holdJob, isSpoilt } from '../runs/holding/hold-job.js';
import { judgeDialogue } from '../runs/judging/judge-dialogue.js';
import { judgedDialogueOf } from '../runs/judging/judging-source.js';
import { castDialogue, findScenario, type Job } from '../runs/planning/plan-run.js';
import type { Beside, Execute } from '../store/leases.js';
import type { Attempt, DialogueKey } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { JobQueue, TakenJob } from './job-queue.js';
import type { ReadyRun } from './ready-runs.js';

export interface Doing {
  readonly queue: JobQueue;
  readonly store: RunStore;
  readonly logger: Logger;
  /** Ends calls in flight with its reason; what they were answered before is kept. */
  readonly signal: AbortSignal;
}

/**
 * Does what was taken from a queue. What it saves and the end of its job are one transaction.
 * @throws LeaseLost where the work was given to another
 * @throws MatrixError where all further calls would fail
 */
export function doJob(taken: TakenJob, ready: ReadyRun, doing: Doing): Promise<void> {
  return taken.lease.stage === 'simulate' ? hold(taken, ready, doing) : judge(taken, ready, doing);
}

async function hold({ lease, key }: TakenJob, ready: ReadyRun, doing: Doing): Promise<void> {
  const { queue, store } = doing;
  const { prepared, judging } = ready;
  const { library, record } = prepared;
  const job = jobOf(key, ready);
  const before = await store.dialogue(lease.run, key, judging?.id);
  const end = (execute: Execute, attempt: Attempt | undefined) => {
    const isJudged = judging && attempt && judgedDialogueOf(attempt, job.scenario);
    return queue.end(execute, lease, isJudged && key);
  };
  const leased = queue.leases.under(lease, {
    ...NOTHING,
    attempt: async (execute, attempt) => {
      if (isSpoilt(attempt, await countInvalid(execute, lease), prepared)) return;
      await end(execute, attempt);
    },
  });
  const holding = { run: record.id, phrases: library.phrases, maxTurns: record.plan.maxTurns };
  const held = await holdJob(job, before, { ...prepared, ...doing, ...holding, store: leased });
  if (held) return;
  const unjudged = before?.verdicts ? undefined : before?.attempt;
  await queue.leases.transact((execute) => end(execute, unjudged));
}

async function judge({ lease, key }: TakenJob, ready: ReadyRun, doing: Doing): Promise<void> {
  const { queue, store } = doing;
  const { prepared, judging } = ready;
  const { judge: jury } = prepared;
  const end = (execute: Execute) => queue.end(execute, lease);
  const dialogue = judging && (await store.dialogue(lease.run, key, judging.id));
  const attempt = dialogue?.verdicts ? undefined : dialogue?.attempt;
  if (jury && judging && attempt) {
    const leased = queue.leases.under(lease, { ...NOTHING, judgement: end });
    const { scenario } = jobOf(key, ready);
    const underWay = { ...doing, run: lease.run, judging, judge: jury, store: leased };
    await judgeDialogue({ key, dialogueFor: () => judgedDialogueOf(attempt, scenario) }, underWay);
  }
  // Where nothing was saved: it was judged before, or a juror could not be asked.
  await queue.leases.transact(end);
}

const NOTHING: Beside = {
  attempt: () => Promise.resolve(),
  judgement: () => Promise.resolve(),
};

function jobOf(key: DialogueKey, { prepared, personas }: ReadyRun): Job {
  const { library, record } = prepared;
  const scenario = findScenario(library.scenarios.scenarios, key.scenario);
  return { key, scenario, casting: castDialogue(record.plan.seed, scenario, key.repeat, personas) };
}

async function countInvalid(
  execute: Execute,
  { run, dialogue }: TakenJob['lease'],
): Promise<number> {
  const { rows } = await execute(
    "select count(*) as invalid from attempts where run = $1 and dialogue = $2 and standing = 'invalid'",
    [run, dialogue],
  );
  return Number(rows[0]?.invalid);
}
