import { z } from 'zod';
import type { Incoming, RawResponse } from './chat-api.js';
import { jsonIn, readLines, type BatchLine, type LineError } from './batch-lines.js';
import { CHAT_PATH } from './openai-api.js';
import { openAIError, openAIRejection } from './openai-error.js';
import type { Delivery } from './responder.js';
import type { Files } from './stored-files.js';

export interface BatchOptions {
  readonly files: Files;
  /** The look at which a batch is completed, from 1. */
  readonly polls: number;
  readonly respond: (line: Incoming) => Promise<Delivery>;
}

/** OpenAI's batches: they are validated, worked off, and give files of answers and of errors. */
export interface OpenAIBatches {
  /** @throws Rejected where the request itself is faulty; faulty lines let the batch fail */
  create(incoming: Incoming): object;
  /** @throws Rejected where there is none of that id */
  look(id: string): Promise<object>;
}

export function createOpenAIBatches({ files, polls, respond }: BatchOptions): OpenAIBatches {
  const batches = new Map<string, Batch>();
  return {
    create: (incoming) => {
      const wanted = readOrder(incoming.body);
      const file = files.get(wanted.input_file_id);
      const { lines, errors } = readLines(file);
      const id = `batch_${batches.size + 1}`;
      const work = errors.length > 0 ? [] : lines.map((line) => ask(respond, line, incoming));
      const created = Math.floor(Date.now() / 1000);
      const batch = { id, created, wanted, errors, looks: 0, answers: Promise.all(work) };
      batches.set(id, batch);
      return batchObject(batch, 'validating', lines.length);
    },
    look: async (id) => {
      const batch = batches.get(id);
      if (!batch) throw openAIRejection(404, { message: `No batch found with id '${id}'.` });
      batch.looks += 1;
      const answers = await batch.answers;
      if (batch.errors.length > 0) return batchObject(batch, 'failed', 0);
      if (batch.looks < polls) return batchObject(batch, 'in_progress', answers.length);
      batch.outcome ??= keep(batch, answers, files);
      return { ...batchObject(batch, 'completed', answers.length), ...batch.outcome };
    },
  };
}

interface Batch {
  readonly id: string;
  readonly created: number;
  readonly wanted: z.infer<typeof orderSchema>;
  readonly errors: readonly LineError[];
  readonly answers: Promise<readonly Answered[]>;
  looks: number;
  outcome?: object;
}

const orderSchema = z.strictObject({
  input_file_id: z.string(),
  endpoint: z.literal(CHAT_PATH),
  completion_window: z.literal('24h'),
  metadata: z.record(z.string(), z.string()).nullish(),
  output_expires_after: z.unknown().optional(),
});

function readOrder(body: Buffer): z.infer<typeof orderSchema> {
  const { data, error } = orderSchema.safeParse(jsonIn(body.toString()));
  if (data) return data;
  const param = String(error.issues[0]?.path[0] ?? 'input_file_id');
  throw openAIRejection(400, { message: `Invalid value for '${param}'.`, param });
}

interface Answered {
  readonly customId: string;
  readonly response: RawResponse;
}

async function ask(
  respond: BatchOptions['respond'],
  line: BatchLine,
  { headers }: Incoming,
): Promise<Answered> {
  const { response, manner } = await respond({
    method: 'POST',
    path: CHAT_PATH,
    query: new URLSearchParams(),
    headers,
    body: Buffer.from(JSON.stringify(line.body)),
    customId: line.custom_id,
  });
  // There is no connection to break, nor a proxy that could answer.
  const broken = typeof response.body === 'string' || manner?.startsWith('reset');
  return { customId: line.custom_id, response: broken ? SERVER_ERROR : response };
}

const SERVER_ERROR: RawResponse = {
  status: 500,
  body: openAIError({ message: 'The request failed.', type: 'server_error' }),
};

/** Writes the files; in another order than they were asked, as the provider promises none. */
function keep({ id }: Batch, answers: readonly Answered[], files: Files): object {
  const write = (kind: 'output' | 'error', wanted: (status: number) => boolean) => {
    const chosen = answers.filter(({ response }) => wanted(response.status)).toReversed();
    const text = chosen.map((answer) => `${JSON.stringify(outputLine(id, answer))}\n`).join('');
    return text === '' ? null : files.add(`${id}_${kind}.jsonl`, 'batch_output', text).id;
  };
  const completed = answers.filter(({ response }) => response.status === 200).length;
  return {
    output_file_id: write('output', (status) => status === 200),
    error_file_id: write('error', (status) => status !== 200),
    request_counts: {
      total: answers.length,
      completed,
      failed: answers.length - completed,
    },
  };
}

function outputLine(batch: string, { customId, response }: Answered): object {
  const id = `${batch}_req_${customId}`;
  return {
    id,
    custom_id: customId,
    response: { status_code: response.status, request_id: id, body: response.body },
    error: null,
  };
}

function batchObject(
  { id, created, wanted, errors }: Batch,
  status: string,
  total: number,
): object {
  return {
    id,
    object: 'batch',
    ...wanted,
    metadata: wanted.metadata ?? null,
    errors: errors.length > 0 && status === 'failed' ? { object: 'list', data: errors } : null,
    status,
    output_file_id: null,
    error_file_id: null,
    created_at: created,
    expires_at: created + 24 * 60 * 60,
    request_counts: { total, completed: 0, failed: 0 },
  };
}
