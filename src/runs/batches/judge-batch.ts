import { setTimeout as delay } from 'node:timers/promises';
import { randomFrom } from '../../determinism.js';
import { EXIT, MatrixError } from '../../errors.js';
import { openBatches } from '../../models/batch.js';
import type { BatchLook, BatchProvider } from '../../models/providers/batch-provider.js';
import { createBatchSender } from './batch-sender.js';
import { judgingFor, judgingId } from '../judging/judging-of.js';
import type { BatchesUnderWay } from '../judging/judging-options.js';
import type { JudgingSource } from '../judging/judging-source.js';
import { keepAnswers, type Asking } from './keep-answers.js';
import { keyOf, unansweredCalls } from './unanswered-calls.js';
import {
  pendingFile,
  readPending,
  removePending,
  writePending,
  type PendingBatch,
} from './pending-batches.js';

/**
 * Asks what a judging has to ask next in batches, one or more a model: submits them or, where that is
 * done, fetches their answers into the journal. Then nothing is under way any more, and judging makes
 * the calls that are left.
 * @returns undefined where nothing is under way
 * @throws MatrixError where a batch ended early, once what it answered is kept
 */
export async function askInBatches(
  source: JudgingSource,
  options: Asking['options'],
): Promise<BatchesUnderWay | undefined> {
  const asking = await beginAsking(source, options);
  const { pending, file } = asking;
  if (!pending.isWhole) {
    await submitOpenCalls(asking);
    if (options.stop.aborted) return underWay(asking, 'interrupted');
    if (pending.batches.length === 0) return undefined;
    const submitted = underWay(asking, 'submitted');
    if (options.batch.waitEvery === undefined) return submitted;
    options.batch.onProgress(submitted);
  }
  const looks = await lookUntilEnded(asking);
  if (!looks.every(({ hasEnded }) => hasEnded)) {
    return underWay(asking, options.stop.aborted ? 'interrupted' : 'waiting', looks);
  }
  await keepAnswers(asking, looks);
  removePending(file);
  assertComplete(looks);
  return undefined;
}

async function beginAsking(source: JudgingSource, options: Asking['options']): Promise<Asking> {
  const { run } = source;
  const { storeFile, judge, store, clock, signal } = options;
  const file = pendingFile(storeFile, run.id, judgingId(judge));
  const pending = readPending(file, run) ?? {
    runCreatedAt: run.createdAt,
    judging: await judgingFor(store, run.id, judge, clock),
    isWhole: false,
    batches: [],
  };
  const random = randomFrom(pending.judging.id, 'jitter');
  const providers = new Map<string, Promise<BatchProvider>>();
  const open = (model: string) => {
    const provider = providers.get(model) ?? openBatches(model, random, signal);
    providers.set(model, provider);
    return provider;
  };
  return { source, options, file, pending, open };
}

/** Each batch is on record before the next is sent: what fails midway goes on from there. */
async function submitOpenCalls({ source, options, file, pending, open }: Asking): Promise<void> {
  const sent = new Set(pending.batches.flatMap(({ calls }) => Object.values(calls).map(keyOf)));
  const sender = createBatchSender(open, (batch) => {
    pending.batches.push(batch);
    writePending(file, pending);
  });
  for await (const call of unansweredCalls(source, pending.judging, options)) {
    if (options.stop.aborted) return;
    if (!sent.has(keyOf(call))) await sender.add(call);
  }
  await sender.sendRest();
  if (pending.batches.length === 0) return;
  pending.isWhole = true;
  writePending(file, pending);
}

async function lookUntilEnded(asking: Asking): Promise<BatchLook[]> {
  const { pending, open, options } = asking;
  const { batch, stop } = options;
  const lookAt = async ({ model, id }: PendingBatch) => (await open(model)).look(id);
  for (;;) {
    const looks = await Promise.all(pending.batches.map(lookAt));
    const ended = looks.every(({ hasEnded }) => hasEnded);
    if (ended || batch.waitEvery === undefined || stop.aborted) return looks;
    batch.onProgress(underWay(asking, 'waiting', looks));
    await delay(batch.waitEvery, undefined, { signal: stop }).catch(() => undefined);
  }
}

function underWay(
  { pending }: Asking,
  state: BatchesUnderWay['state'],
  looks: readonly BatchLook[] = [],
): BatchesUnderWay {
  const batches = pending.batches.map(({ id, model, calls }, index) => {
    const { answered = 0, status = state } = looks[index] ?? {};
    return { id, model, calls: Object.keys(calls).length, answered, status };
  });
  return { state, judgingId: pending.judging.id, batches };
}

function assertComplete(looks: readonly BatchLook[]): void {
  const early = looks.find(({ isComplete }) => !isComplete);
  if (!early) return;
  const { id, status, answered, total, problem } = early;
  const why = problem === undefined ? '' : `: ${problem}`;
  throw new MatrixError(`${id} ${status} with ${answered} of ${total} calls answered${why}`, {
    mend: 'What it answered is kept. The same command submits the rest anew; without --batch it makes the calls at once.',
    exitCode: EXIT.incomplete,
  });
}
