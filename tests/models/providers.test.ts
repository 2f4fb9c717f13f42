import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  startModelServer,
  type FaultKind,
  type ModelServer,
  type ScriptedAnswer,
} from '../../tools/model-server/model-server.js';
import { createLimiter } from '../../src/models/adaptive-limiter.js';
import type { ChatRequest } from '../../src/models/chat-model.js';
import { parseModelSpec } from '../../src/models/model-spec.js';
import { openGoogle } from '../../src/models/providers/google.js';
import { openOpenai } from '../../src/models/providers/openai.js';
import { withRetries } from '../../src/models/retry.js';
import { failureOf, HOSTED, NO_JITTER, REQUEST, specOn } from './model-fixtures.js';

const KEY = 'planted-key-7c1f09';
const OPENERS = { openai: openOpenai, google: openGoogle };

let server: ModelServer;
let script: ScriptedAnswer | undefined;

beforeEach(async () => {
  vi.stubEnv('OPENAI_API_KEY', KEY);
  vi.stubEnv('GOOGLE_API_KEY', KEY);
  script = undefined;
  server = await startModelServer({ answer: () => script, keepRequests: true });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

describe.each(HOSTED)('a model of %s', (kind) => {
  const call = (request: ChatRequest = REQUEST, model = 'plain', on = server) =>
    OPENERS[kind](parseModelSpec(specOn(on, kind, model))).call(
      request,
      new AbortController().signal,
    );
  const failing = async (fault: FaultKind) => {
    script = { fault };
    return failureOf(call());
  };

  it('answers with what was said and what it took', async () => {
    script = 'Good morning.';
    expect(await call()).toEqual({
      text: 'Good morning.',
      finish: 'complete',
      usage: { inputTokens: 11, outputTokens: 4 },
      dropped: [],
    });
  });

  it('carries key and prompt to no other server that it is sent to', async () => {
    const other = await startModelServer({ keepRequests: true });
    const sending = createServer((_request, response) => {
      response.writeHead(307, { location: `${other.url}/v1/chat/completions` }).end();
    });
    await new Promise<void>((resolve) => sending.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(sending.address() as AddressInfo).port}`;
    const before = globalThis.fetch;
    expect(await failureOf(call(REQUEST, 'plain', { ...server, url }))).toMatchObject({
      failure: 'not-found',
      status: 307,
    });
    expect(other.count()).toBe(0);
    expect(globalThis.fetch).toBe(before);
    sending.close();
    await other.close();
  });

  it.each([
    ['rate', { failure: 'rate', status: 429, retryAfter: 2000 }],
    ['storm', { failure: 'rate', status: 429, retryAfter: undefined }],
    ['quota', { failure: 'quota', status: 429 }],
    ['server', { failure: 'server', status: 500 }],
    ['overloaded', { failure: 'server', status: 503 }],
    ['timeout408', { failure: 'server', status: 408 }],
    ['conflict', { failure: 'server', status: 409 }],
    ['html', { failure: 'server', status: 502 }],
    ['reset', { failure: 'connection', status: undefined }],
    ['reset-mid-body', { failure: 'connection', status: undefined }],
    ['malformed', { failure: 'malformed', status: undefined }],
  ] as const)('tells the fault %s by name', async (fault, failure) => {
    const error = await failing(fault);
    expect(error).toMatchObject({ name: 'ModelError', ...failure });
    expect(String(error)).toContain(`the model server for ${kind}:plain@`);
  });

  it('is asked again after the wait that its server asks for', async () => {
    const faults: (ScriptedAnswer | undefined)[] = [{ fault: 'rate' }, 'Good day.'];
    const busy = await startModelServer({ answer: () => faults.shift(), retryAfter: 7 });
    const provider = OPENERS[kind](parseModelSpec(specOn(busy, kind)));
    const waits: number[] = [];
    const { value, attempts } = await withRetries(
      (signal) => provider.call(REQUEST, signal),
      {
        timeout: 60_000,
        random: NO_JITTER,
        limiter: createLimiter(1),
        sleep: (wait) => Promise.resolve(waits.push(wait)),
      },
      new AbortController().signal,
    );
    await busy.close();
    expect(value.text).toBe('Good day.');
    expect([attempts, waits]).toEqual([2, [7000]]);
  });

  it.each([{}, { choices: [] }, { candidates: [] }, null, 'hello'])(
    'takes %j for no answer',
    async (body) => {
      script = { status: 200, body: JSON.stringify(body), headers: JSON_TYPE };
      expect(await failureOf(call())).toMatchObject({ failure: 'malformed' });
    },
  );

  it.each(['empty', 'truncated', 'filtered', 'refused'] as const)(
    'marks an answer that is %s',
    async (finish) => {
      script = { fault: finish };
      expect(await call()).toMatchObject({ finish });
    },
  );

  it('tells a closed port as a broken connection', async () => {
    const gone = await startModelServer();
    await gone.close();
    expect(await failureOf(call(REQUEST, 'plain', gone))).toMatchObject({ failure: 'connection' });
  });

  it('tells an unknown model', async () => {
    expect(await failureOf(call(REQUEST, 'no-such-model'))).toMatchObject({
      failure: 'not-found',
      status: 404,
    });
  });

  it('shows the key nowhere in the failure, even where the server echoes it', async () => {
    const other = await startModelServer({ key: 'another-key-entirely' });
    const refused = await failureOf(call(REQUEST, 'plain', other));
    await other.close();
    script = { status: 400, body: { error: { code: 400, message: `odd request of ${KEY}` } } };
    const odd = await failureOf(call());
    expect(refused).toMatchObject({ failure: 'key' });
    expect(odd).toMatchObject({ failure: 'request' });
    expect(String(odd)).toContain('odd request of [key]');
    expect(inspect([refused, odd], { depth: 9 })).not.toContain(KEY);
  });

  it('sends what is set and nothing else', async () => {
    await call();
    await call({ ...REQUEST, maxTokens: 40, temperature: 0.3, seed: 7 }, 'plain');
    expect(server.requests.map(({ rejection }) => rejection)).toEqual([undefined, undefined]);
    const [bare, full] = server.requests.map(({ body }) => JSON.stringify(body));
    expect(bare).not.toMatch(/temperature|seed|max|response/i);
    expect(full).toMatch(/"max(_completion_t|OutputT)okens":40/);
    expect(full).toContain('"temperature":0.3,"seed":7');
  });

  it('asks for JSON in a form that the provider takes', async () => {
    const schema = z.object({
      verdict: z.enum(['present', 'absent', 'abstain']),
      quote: z.string().min(1).max(300).nullable(),
      turns: z.array(z.int().positive()).max(3),
      reason: z.string().default('none'),
      place: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('turn'), number: z.number() }),
        z.object({ kind: z.literal('nowhere') }),
      ]),
    });
    const format = { name: 'verdict', schema: z.toJSONSchema(schema) };
    const { text, finish } = await call({ ...REQUEST, format });
    expect(server.requests.map(({ rejection }) => rejection)).toEqual([undefined]);
    expect(finish).toBe('complete');
    expect(JSON.parse(text)).toMatchObject({ verdict: 'abstain', quote: null });
  });

  it('stops when its signal aborts', async () => {
    const slow = await startModelServer({ latency: 60_000 });
    const abort = new AbortController();
    const provider = OPENERS[kind](parseModelSpec(specOn(slow, kind)));
    const answer = failureOf(provider.call(REQUEST, abort.signal));
    await vi.waitUntil(() => slow.inFlight() === 1);
    abort.abort();
    await answer;
    await vi.waitUntil(() => slow.inFlight() === 0);
    await slow.close();
  });
});

describe('OpenAI', () => {
  const call = () =>
    openOpenai(parseModelSpec(specOn(server, 'openai'))).call(
      REQUEST,
      new AbortController().signal,
    );

  it('keeps the words of a refusal', async () => {
    script = { text: 'I cannot help with that.', finish: 'refused' };
    expect(await call()).toMatchObject({ text: 'I cannot help with that.', finish: 'refused' });
  });

  it('takes a prompt that a filter stopped for a refusal, not for a failure', async () => {
    script = { status: 400, body: { error: { code: 'content_filter', param: 'prompt' } } };
    expect(await call()).toMatchObject({ text: '', finish: 'refused' });
  });

  it('reads errors of servers that give only words', async () => {
    script = { status: 400, body: { error: 'model is loading' } };
    expect(String(await failureOf(call()))).toContain('model is loading');
  });
});

describe('Gemini', () => {
  const call = (messages: ChatRequest['messages'] = REQUEST.messages) =>
    openGoogle(parseModelSpec(specOn(server, 'google'))).call(
      { messages },
      new AbortController().signal,
    );

  it('has the user begin, and joins what one speaker says in a row', async () => {
    await call([{ role: 'system', text: 'Be kind.' }]);
    await call([
      { role: 'assistant', text: 'Hello.' },
      { role: 'assistant', text: '' },
      { role: 'user', text: 'Hi.' },
      { role: 'user', text: 'It hurts.' },
    ]);
    expect(server.requests.map(({ messages }) => messages)).toEqual([
      [
        { role: 'system', text: 'Be kind.' },
        { role: 'user', text: '(The call connects.)' },
      ],
      [
        { role: 'user', text: '(The call connects.)' },
        { role: 'assistant', text: 'Hello.\n\n(silence)' },
        { role: 'user', text: 'Hi.\n\nIt hurts.' },
      ],
    ]);
  });

  it('leaves thoughts out of the words but counts them', async () => {
    const parts = [{ text: 'Let me think.', thought: true }, { text: 'Good ' }, { text: 'day.' }];
    script = {
      status: 200,
      body: {
        candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }],
        usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 2, thoughtsTokenCount: 30 },
      },
    };
    expect(await call()).toMatchObject({
      text: 'Good day.',
      finish: 'complete',
      usage: { inputTokens: 9, outputTokens: 32 },
    });
  });

  it.each(['RECITATION', 'PROHIBITED_CONTENT', 'A_REASON_OF_TOMORROW'])(
    'takes the end %s for a filter',
    async (finishReason) => {
      script = { status: 200, body: { candidates: [{ finishReason, index: 0 }] } };
      expect(await call()).toMatchObject({ finish: 'filtered', usage: null });
    },
  );
});

const JSON_TYPE = { 'content-type': 'application/json' };
