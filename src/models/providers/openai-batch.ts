import { toFile } from 'openai';
import { z } from 'zod';
import { withoutSecrets } from '../../secrets.js';
import type { ChatAnswer } from '../chat-model.js';
import type { ModelSpec } from '../model-spec.js';
import type { BatchLook, BatchProvider } from './batch-provider.js';
import {
  completionBody,
  connectOpenai,
  openaiFailure,
  readCompletion,
  readRefusal,
} from './openai.js';

const ENDPOINT = '/v1/chat/completions';
const ENDED = ['completed', 'failed', 'expired', 'cancelled'];

const batchSchema = z.object({
  id: z.string(),
  status: z.string(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  request_counts: z.object({ total: z.int(), completed: z.int() }).nullish(),
  errors: z
    .object({ data: z.array(z.object({ message: z.string().nullish() })).nullish() })
    .nullish()
    .catch(null),
});

const lineSchema = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.int(), body: z.unknown() }),
});
const errorBodySchema = z.object({ error: z.unknown() });

/**
 * Batches of OpenAI's files and batches API, at half the price and within 24 hours.
 * @throws MatrixError where the key is missing or the URL wrong
 */
export function openOpenaiBatches(spec: ModelSpec): BatchProvider {
  const { client, server } = connectOpenai(spec);
  const failing = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw openaiFailure(error, spec.name);
    });
  const upload = async (lines: readonly string[]) => {
    const file = await toFile(Buffer.from(`${lines.join('\n')}\n`), 'calls.jsonl');
    return z
      .object({ id: z.string() })
      .parse(await client.files.create({ file, purpose: 'batch' }));
  };
  const create = async (lines: readonly string[]) => {
    const input = await upload(lines);
    const order = { endpoint: ENDPOINT, completion_window: '24h' } as const;
    const batch = await client.batches.create({ ...order, input_file_id: input.id });
    return batchSchema.parse(batch).id;
  };
  const download = async (id: string) => (await client.files.content(id)).text();
  return {
    server,
    line: (custom_id, request) => {
      const body = completionBody(request, spec.model);
      return JSON.stringify({ custom_id, method: 'POST', url: ENDPOINT, body });
    },
    submit: (lines) => failing(create(lines)),
    look: (id) => failing(client.batches.retrieve(id).then(readBatch)),
    answers: async ({ files }) => {
      const texts = await failing(Promise.all(files.map(download)));
      return new Map(texts.flatMap((text) => text.split('\n').flatMap(readLine)));
    },
  };
}

function readBatch(batch: unknown): BatchLook {
  const { id, status, output_file_id, error_file_id, request_counts, errors } =
    batchSchema.parse(batch);
  const problem = errors?.data?.[0]?.message ?? undefined;
  return {
    id,
    status,
    hasEnded: ENDED.includes(status),
    isComplete: status === 'completed',
    answered: request_counts?.completed ?? 0,
    total: request_counts?.total ?? 0,
    problem: problem && withoutSecrets(problem).slice(0, 300),
    files: [output_file_id, error_file_id].flatMap((file) => file ?? []),
  };
}

/** The answer in a line; none where the call failed or the line cannot be read. */
function readLine(line: string): [customId: string, answer: ChatAnswer][] {
  const { data } = lineSchema.safeParse(jsonIn(line));
  if (!data) return [];
  const { status_code, body } = data.response;
  const answer =
    status_code === 200
      ? completionIn(body)
      : readRefusal(status_code, errorBodySchema.safeParse(body).data?.error);
  return answer ? [[data.custom_id, { ...answer, attempts: 1 }]] : [];
}

function completionIn(body: unknown) {
  try {
    return readCompletion(body);
  } catch {
    return undefined;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
