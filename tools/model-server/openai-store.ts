import { Rejected, type Incoming, type RawResponse } from './chat-api.js';
import { readMultipart } from './multipart.js';
import { createOpenAIBatches, type BatchOptions } from './openai-batches.js';
import { checkOpenAIKey, openAIRejection } from './openai-error.js';
import { createFiles, type Files, type StoredFile } from './stored-files.js';

/** OpenAI's models, files and batches: whatever is not the chat itself. */
export interface OpenAIStore {
  handle(incoming: Incoming): Promise<RawResponse>;
}

/** @param options the key, and how batches are answered */
export function createOpenAIStore(
  options: { key: string | undefined } & Omit<BatchOptions, 'files'>,
): OpenAIStore {
  const files = createFiles();
  const batches = createOpenAIBatches({ ...options, files });
  const routes: [route: RegExp, handler: Handler][] = [
    [/^GET \/v1\/models$/, () => ({ object: 'list', data: MODELS.map(modelObject) })],
    [/^POST \/v1\/files$/, (incoming) => fileObject(upload(incoming, files))],
    [/^GET \/v1\/files\/([^/]+)$/, (_, id) => fileObject(files.get(id))],
    [/^GET \/v1\/files\/([^/]+)\/content$/, (_, id) => files.get(id).text],
    [/^POST \/v1\/batches$/, (incoming) => batches.create(incoming)],
    [/^GET \/v1\/batches\/([^/]+)$/, (_, id) => batches.look(id)],
  ];
  return {
    handle: async (incoming) => {
      try {
        return { status: 200, body: await answer(routes, incoming, options.key) };
      } catch (error) {
        if (error instanceof Rejected) return error.response;
        throw error;
      }
    },
  };
}

type Handler = (incoming: Incoming, id: string) => object | string | Promise<object>;

async function answer(
  routes: readonly [RegExp, Handler][],
  incoming: Incoming,
  key: string | undefined,
): Promise<object | string> {
  const target = `${incoming.method} ${incoming.path}`;
  for (const [route, handler] of routes) {
    const match = route.exec(target);
    if (!match) continue;
    checkOpenAIKey(incoming.headers, key);
    return handler(incoming, match[1] ?? '');
  }
  throw openAIRejection(404, { message: `Invalid URL (${target})` });
}

function upload({ headers, body }: Incoming, files: Files): StoredFile {
  const parts = readMultipart(headers['content-type'] ?? '', body.toString());
  const file = parts.find(({ name }) => name === 'file');
  if (!file) throw missing('file');
  if (!parts.some(({ name, text }) => name === 'purpose' && text === 'batch')) {
    throw missing('purpose');
  }
  if (!file.filename?.endsWith('.jsonl')) {
    throw openAIRejection(400, { message: 'Invalid file format for Batch API. Must be .jsonl' });
  }
  return files.add(file.filename, 'batch', file.text);
}

function missing(param: string): Rejected {
  const message = `Missing or invalid parameter: '${param}'.`;
  return openAIRejection(400, { message, param, code: 'missing_required_parameter' });
}

function fileObject({ id, filename, purpose, created, text }: StoredFile): object {
  const bytes = Buffer.byteLength(text);
  return {
    id,
    object: 'file',
    bytes,
    created_at: created,
    filename,
    purpose,
    status: 'processed',
    status_details: null,
  };
}

const MODELS = ['gpt-5-mini', 'gpt-4o-mini', 'llama-guard-3-8b'];

function modelObject(id: string): object {
  return { id, object: 'model', created: 1_700_000_000, owned_by: 'stand-in' };
}
