import { recordedRequestSchema } from '../../models/batch.js';
import type { BatchProvider } from '../../models/providers/batch-provider.js';
import { requestFingerprint, type OpenCall } from './unanswered-calls.js';
import type { PendingBatch } from './pending-batches.js';

/** What one batch may hold at OpenAI is 50,000 calls and 200 MB; the last call may go over ours. */
const MOST_CALLS = 50_000;
const MOST_BYTES = 150_000_000;

interface Load {
  readonly lines: string[];
  readonly calls: PendingBatch['calls'];
  bytes: number;
}

/** Fills batches with calls, for each model its own, and sends each once it is full. */
export interface BatchSender {
  /** @throws MatrixError where the call's model cannot be asked in batches, or sending fails */
  add(call: OpenCall): Promise<void>;
  /** Sends what is left. */
  sendRest(): Promise<void>;
}

/** @param onSent called with each batch once the provider has it */
export function createBatchSender(
  open: (model: string) => Promise<BatchProvider>,
  onSent: (batch: PendingBatch) => void,
  mostCalls = MOST_CALLS,
): BatchSender {
  const loads = new Map<string, Load>();
  const send = async (model: string, { lines, calls }: Load) => {
    loads.delete(model);
    const provider = await open(model);
    onSent({ id: await provider.submit(lines), model, calls });
  };
  return {
    add: async (call) => {
      const { model, ...request } = recordedRequestSchema.parse(call.request);
      const provider = await open(model);
      const load = loads.get(model) ?? { lines: [], calls: {}, bytes: 0 };
      loads.set(model, load);
      const { dialogue, role, part, ordinal } = call;
      const customId = `call-${load.lines.length + 1}`;
      const line = provider.line(customId, request);
      load.lines.push(line);
      load.bytes += Buffer.byteLength(line);
      load.calls[customId] = { dialogue, role, part, ordinal, request: requestFingerprint(call) };
      if (load.lines.length >= mostCalls || load.bytes >= MOST_BYTES) await send(model, load);
    },
    sendRest: async () => {
      for (const [model, load] of [...loads]) await send(model, load);
    },
  };
}
