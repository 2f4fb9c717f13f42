import { describePlace } from '../../calls/call.js';
import type { Answered } from '../../calls/call-recorder.js';
import { MatrixError } from '../../errors.js';
import type { BatchLook, BatchProvider } from '../../models/providers/batch-provider.js';
import type { ChatAnswer } from '../../models/chat-model.js';
import type { BatchAsking, JudgeRunOptions } from '../judging/judging-options.js';
import type { JudgingSource } from '../judging/judging-source.js';
import { keyOf, requestFingerprint, unansweredCalls, type OpenCall } from './unanswered-calls.js';
import type { PendingBatches } from './pending-batches.js';

/** What the steps of asking in batches share. */
export interface Asking {
  readonly source: JudgingSource;
  readonly options: JudgeRunOptions & { readonly batch: BatchAsking };
  readonly file: string;
  readonly pending: PendingBatches;
  readonly open: (model: string) => Promise<BatchProvider>;
}

/** Puts the answers into the journal as if the calls had been made. */
export async function keepAnswers(asking: Asking, looks: readonly BatchLook[]): Promise<void> {
  const { source, options, pending } = asking;
  const { store, budget } = options;
  const answers = await fetchAnswers(asking, looks);
  await store.saveJudging(source.run.id, pending.judging);
  const answerTo = (call: OpenCall): Answered<unknown> | undefined => {
    const known = answers.get(keyOf(call));
    if (!known) return undefined;
    const { answer, model, batch, request } = known;
    if (request !== requestFingerprint(call)) throw changedRequest(call, batch, asking);
    budget.spend(model, answer.usage);
    return { answer, model, usage: answer.usage, attempts: answer.attempts };
  };
  const left = unansweredCalls(source, pending.judging, options, answerTo);
  while (!(await left.next()).done);
}

interface KnownAnswer {
  readonly answer: ChatAnswer;
  readonly model: string;
  readonly batch: string;
  /** Fingerprint of what was asked. */
  readonly request: string;
}

async function fetchAnswers(
  { pending, open }: Asking,
  looks: readonly BatchLook[],
): Promise<Map<string, KnownAnswer>> {
  const answers = new Map<string, KnownAnswer>();
  for (const [index, { id, model, calls }] of pending.batches.entries()) {
    const look = looks[index];
    const given = look && (await (await open(model)).answers(look));
    for (const [customId, call] of Object.entries(calls)) {
      const answer = given?.get(customId);
      if (answer) answers.set(keyOf(call), { answer, model, batch: id, request: call.request });
    }
  }
  return answers;
}

function changedRequest(call: OpenCall, batch: string, { file }: Asking): MatrixError {
  return new MatrixError(
    `${describePlace(call)} would ask something else than ${batch} was asked`,
    { mend: `Prompt or library have changed since: put them back, or remove ${file} to ask anew.` },
  );
}
