import { MatrixError } from '../../errors.js';
import type { Judging } from '../../store/run-record.js';
import { UNOBSERVED, watched, type RunObservation } from '../../telemetry/observer.js';
import { inParallel } from '../in-parallel.js';
import { askInBatches } from '../batches/judge-batch.js';
import { judgeDialogue } from './judge-dialogue.js';
import { judgingId, openJudging } from './judging-of.js';
import type { JudgeOutcome, JudgeRunOptions } from './judging-options.js';
import type { JudgingSource, JudgingTask } from './judging-source.js';
import { pendingFile, readPending } from '../batches/pending-batches.js';

/**
 * Judges the dialogues that have no verdicts of this jury yet, as a further judging of their run.
 * What was answered before is not asked again.
 * @throws MatrixError where all further calls would fail, or a batch of this judging must be fetched
 */
export async function judgeRun(
  source: JudgingSource,
  options: JudgeRunOptions,
): Promise<JudgeOutcome> {
  const { store, budget, judge, batch } = options;
  const usage = await store.usage(source.run.id);
  budget.spendAgain(usage.filter(({ judging }) => judging === judgingId(judge)));
  if (batch) {
    const underWay = await askInBatches(source, { ...options, batch });
    if (underWay) return underWay;
  } else assertNonePending(source, options);
  const observed = (options.observer ?? UNOBSERVED).run(source.run.id, 'judge');
  return watched(observed, () => judgeAll(source, options, observed));
}

/** What was submitted is paid: it must not be asked a second time. */
function assertNonePending({ run }: JudgingSource, { storeFile, judge }: JudgeRunOptions): void {
  const file = pendingFile(storeFile, run.id, judgingId(judge));
  const pending = readPending(file, run);
  if (!pending) return;
  const ids = pending.batches.map(({ id }) => id).join(', ');
  throw new MatrixError(`this judging of run ${run.id} was submitted in batches (${ids})`, {
    mend: `Fetch it with --batch, or remove ${file} to make the calls at once.`,
  });
}

async function judgeAll(
  source: JudgingSource,
  options: JudgeRunOptions,
  observed: RunObservation,
): Promise<JudgeOutcome> {
  const { store, judge, budget, clock, stop, onBegin, onJudged } = options;
  const judging = await openJudging(store, source.run.id, judge, clock);
  const waiting = await countTasks(source, judging);
  onBegin(waiting);
  let judged = 0;
  const work = async (task: JudgingTask, signal: AbortSignal) => {
    const underWay = { ...options, run: source.run.id, judging, signal, observed };
    if (!(await judgeDialogue(task, underWay))) return;
    judged += 1;
    onJudged();
  };
  const mayGoOn = () => !stop.aborted && !budget.isSpent();
  await inParallel(source.tasks(judging.id), work, { ...options, mayGoOn });
  if (stop.aborted) return { state: 'interrupted', judging };
  if (judged === waiting) return { state: 'judged', judging };
  return { state: budget.isSpent() ? 'budget' : 'failed', judging };
}

async function countTasks(source: JudgingSource, { id }: Judging): Promise<number> {
  const tasks = source.tasks(id)[Symbol.asyncIterator]();
  let count = 0;
  while (!(await tasks.next()).done) count += 1;
  return count;
}
