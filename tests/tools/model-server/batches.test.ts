import OpenAI, { toFile } from 'openai';
import { describe, expect, it } from 'vitest';
import type { ModelServerOptions } from '../../../tools/model-server/model-server.js';
import { openAIClient, startServer } from './start-server.js';

interface Line {
  custom_id: string;
  response: {
    status_code: number;
    request_id: string;
    body: OpenAI.ChatCompletion & { error?: { code: string } };
  };
  error: null;
}

async function start(options: ModelServerOptions = {}) {
  const server = await startServer(options);
  return { server, openai: openAIClient(server) };
}

function line(custom_id: string, content: string, change: object = {}): object {
  const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content }] };
  return { custom_id, method: 'POST', url: '/v1/chat/completions', body, ...change };
}

async function submit(openai: OpenAI, rows: readonly (object | string)[]) {
  const texts = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row)));
  const file = await openai.files.create({
    file: await toFile(Buffer.from(texts.join('\n')), 'requests.jsonl'),
    purpose: 'batch',
  });
  return openai.batches.create({
    input_file_id: file.id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    metadata: { run: 'r-1' },
  });
}

async function finish(openai: OpenAI, { id }: OpenAI.Batch): Promise<OpenAI.Batch> {
  const batch = await openai.batches.retrieve(id);
  return batch.status === 'in_progress' ? finish(openai, batch) : batch;
}

async function linesOf(openai: OpenAI, id: string | undefined): Promise<Line[]> {
  const text = await (await openai.files.content(id ?? '')).text();
  return text
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row) as Line);
}

describe('a batch', () => {
  it('goes from validating to completed, at the look that was agreed', async () => {
    const { openai } = await start({ batchPolls: 3 });
    const created = await submit(openai, [line('a', 'Hello.')]);
    expect(created).toMatchObject({
      object: 'batch',
      status: 'validating',
      metadata: { run: 'r-1' },
      output_file_id: null,
    });
    const looks = [];
    for (let look = 1; look <= 3; look += 1) looks.push(await openai.batches.retrieve(created.id));
    expect(looks.map(({ status }) => status)).toEqual(['in_progress', 'in_progress', 'completed']);
    expect(looks[2]).toMatchObject({
      error_file_id: null,
      request_counts: { total: 1, completed: 1, failed: 0 },
    });
  });

  it('gives each answer under its id, in no promised order', async () => {
    const { server, openai } = await start({
      answer: ({ messages }) => `You said: ${messages[0]?.text ?? ''}`,
    });
    const rows = [line('a', 'Hé\u2028llo.'), line('b', 'Goodbye.')];
    const batch = await finish(openai, await submit(openai, rows));
    const lines = await linesOf(openai, batch.output_file_id);
    expect(lines.map(({ custom_id }) => custom_id)).toEqual(['b', 'a']);
    expect(lines[1]).toMatchObject({
      response: {
        status_code: 200,
        body: {
          object: 'chat.completion',
          choices: [{ message: { content: 'You said: Hé\u2028llo.' } }],
        },
      },
      error: null,
    });
    expect(server.requests.map(({ customId }) => customId)).toEqual(['a', 'b']);
  });

  it('keeps the requests that fail in a file of errors', async () => {
    const { openai } = await start({
      answer: ({ customId }) => (customId === 'c' ? { fault: 'reset' } : undefined),
    });
    const spoilt = { body: { model: 'gpt-4o-mini', messages: [], words: 1 } };
    const rows = [line('a', 'Hello.'), line('b', '', spoilt), line('c', 'Hello.')];
    const batch = await finish(openai, await submit(openai, rows));
    expect(batch.request_counts).toEqual({ total: 3, completed: 1, failed: 2 });
    expect(await linesOf(openai, batch.output_file_id)).toMatchObject([{ custom_id: 'a' }]);
    expect(await linesOf(openai, batch.error_file_id)).toMatchObject([
      { custom_id: 'c', response: { status_code: 500 } },
      { custom_id: 'b', response: { status_code: 400, body: { error: {} } }, error: null },
    ]);
  });

  it.each<[string, (object | string)[], object]>([
    ['invalid_json_line', [line('a', ''), '{"custom_id":'], { line: 2 }],
    ['duplicate_custom_id', [line('a', ''), line('a', '')], { line: 2 }],
    ['url_mismatch', [line('a', '', { url: '/v1/responses' })], { line: 1 }],
    [
      'model_mismatch',
      [line('a', ''), line('b', '', { body: { model: 'gpt-5-mini' } })],
      { line: 2 },
    ],
    ['missing_required_parameter', [line('a', '', { method: undefined })], { param: 'method' }],
    ['empty_file', [''], {}],
  ])('fails on %s before anything is asked', async (code, rows, error) => {
    const { server, openai } = await start();
    const batch = await finish(openai, await submit(openai, rows));
    expect(batch).toMatchObject({
      status: 'failed',
      errors: { object: 'list', data: [{ code, ...error }] },
    });
    expect(server.count()).toBe(0);
  });

  it('is refused where file, endpoint or id are unknown', async () => {
    const { openai } = await start();
    const order = {
      input_file_id: 'file-9',
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    } as const;
    await expect(openai.batches.create(order)).rejects.toMatchObject({ status: 404 });
    await expect(
      openai.batches.create({ ...order, endpoint: '/v1/responses' }),
    ).rejects.toMatchObject({ status: 400, param: 'endpoint' });
    await expect(openai.batches.retrieve('batch_9')).rejects.toMatchObject({ status: 404 });
    await expect(openai.files.content('file-9')).rejects.toMatchObject({ status: 404 });
  });
});

describe('a file', () => {
  it('comes back as it was sent', async () => {
    const { openai } = await start();
    const text = '{"a":"ü"}\r\n\r\n{"b":"--"}\n';
    const file = await toFile(Buffer.from(text), 'requests.jsonl');
    const stored = await openai.files.create({ file, purpose: 'batch' });
    expect(stored).toMatchObject({
      object: 'file',
      filename: 'requests.jsonl',
      bytes: Buffer.byteLength(text),
      purpose: 'batch',
      status: 'processed',
    });
    expect(await (await openai.files.content(stored.id)).text()).toBe(text);
  });

  it('is refused with another ending or purpose, or without a key', async () => {
    const { server, openai } = await start();
    const create = async (name: string, purpose: OpenAI.FilePurpose) =>
      openai.files.create({ file: await toFile(Buffer.from('{}'), name), purpose });
    await expect(create('a.txt', 'batch')).rejects.toThrow('Must be .jsonl');
    await expect(create('a.jsonl', 'fine-tune')).rejects.toMatchObject({ param: 'purpose' });
    const bare = await fetch(`${server.url}/v1/files`, { method: 'POST', body: new FormData() });
    expect(bare.status).toBe(401);
  });
});
