import { describe, expect, it, vi } from 'vitest';
import {
  startModelServer,
  type FaultKind,
  type ModelServerOptions,
} from '../../../tools/model-server/model-server.js';
import { geminiClient, openAIClient, startServer } from './start-server.js';

async function start(options: ModelServerOptions) {
  const server = await startServer(options);
  const openai = openAIClient(server);
  const gemini = geminiClient(server);
  return {
    server,
    askOpenAI: () =>
      openai.chat.completions.create({
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: 'Hello.' }],
      }),
    askGemini: async () => (await gemini.generateContent('Hello.')).response,
  };
}

const failing = (fault: FaultKind) => start({ faults: { [fault]: 1 } });

describe('fault over OpenAI', () => {
  it.each<[FaultKind, object]>([
    ['rate', { status: 429, code: 'rate_limit_exceeded' }],
    ['storm', { status: 429, code: 'rate_limit_exceeded' }],
    ['quota', { status: 429, code: 'insufficient_quota' }],
    ['server', { status: 500, type: 'server_error' }],
    ['overloaded', { status: 503 }],
    ['timeout408', { status: 408 }],
    ['conflict', { status: 409 }],
    ['html', { status: 502, message: expect.stringContaining('<html>') as string }],
    ['reset', { name: 'Error', status: undefined, message: 'Connection error.' }],
  ])('%s fails with its status', async (fault, error) => {
    const { server, askOpenAI } = await failing(fault);
    await expect(askOpenAI()).rejects.toMatchObject(error);
    expect(server.count()).toBe(1);
  });

  it('rate says when to come back, storm does not', async () => {
    const headersOf = async (fault: FaultKind) => {
      const { askOpenAI } = await start({ faults: { [fault]: 1 }, retryAfter: 7 });
      const error = (await askOpenAI().catch((thrown: unknown) => thrown)) as { headers: Headers };
      return error.headers;
    };
    expect((await headersOf('rate')).get('retry-after')).toBe('7');
    expect((await headersOf('storm')).get('retry-after')).toBeNull();
  });

  it.each<FaultKind>(['reset-mid-body', 'malformed'])('%s breaks the answer', async (fault) => {
    const { askOpenAI } = await failing(fault);
    await expect(askOpenAI()).rejects.toThrow();
  });

  it.each<[FaultKind, object]>([
    ['empty', { finish_reason: 'stop', message: { content: '', refusal: null } }],
    ['truncated', { finish_reason: 'length' }],
    ['refused', { finish_reason: 'stop', message: { content: null } }],
    ['filtered', { finish_reason: 'content_filter', message: { content: '' } }],
  ])('%s spoils the answer', async (fault, choice) => {
    const { askOpenAI } = await failing(fault);
    expect((await askOpenAI()).choices).toMatchObject([choice]);
  });

  it('truncated keeps the beginning of the words', async () => {
    const faults = { truncated: 1 };
    const { askOpenAI } = await start({ faults, answer: () => 'One two three.' });
    expect((await askOpenAI()).choices[0]?.message.content).toBe('One two');
  });
});

describe('fault over Gemini', () => {
  it.each<[FaultKind, object]>([
    ['storm', { status: 429 }],
    ['quota', { status: 429, errorDetails: [{ violations: [{}] }] }],
    ['server', { status: 500 }],
    ['overloaded', { status: 503 }],
    ['timeout408', { status: 408 }],
    ['conflict', { status: 409 }],
    ['html', { status: 502 }],
  ])('%s fails with its status', async (fault, error) => {
    const { askGemini } = await failing(fault);
    await expect(askGemini()).rejects.toMatchObject(error);
  });

  it('rate says when to come back', async () => {
    const { askGemini } = await failing('rate');
    await expect(askGemini()).rejects.toMatchObject({
      status: 429,
      errorDetails: [
        { '@type': 'type.googleapis.com/google.rpc.QuotaFailure' },
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2s' },
      ],
    });
  });

  it.each<FaultKind>(['reset', 'reset-mid-body', 'malformed'])('%s breaks', async (fault) => {
    const { askGemini } = await failing(fault);
    await expect(askGemini()).rejects.toThrow();
  });

  it.each<[FaultKind, object]>([
    ['empty', { candidates: [{ content: { role: 'model' }, finishReason: 'STOP' }] }],
    ['truncated', { candidates: [{ finishReason: 'MAX_TOKENS' }] }],
    ['refused', { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }],
    ['filtered', { candidates: [{ finishReason: 'SAFETY' }] }],
  ])('%s spoils the answer', async (fault, response) => {
    const { askGemini } = await failing(fault);
    expect(await askGemini()).toMatchObject(response);
  });
});

describe('schedule', () => {
  const faults = { rate: 0.2, server: 0.2, empty: 0.2 };
  const outcomes = async (seed: number) => {
    const { askOpenAI } = await start({ seed, faults });
    const seen: (string | number)[] = [];
    for (let call = 0; call < 40; call += 1) {
      seen.push(
        await askOpenAI().then(
          ({ choices }) => choices[0]?.message.content ?? '',
          (error: unknown) => (error as { status: number }).status,
        ),
      );
    }
    return seen;
  };

  it('repeats with its seed, and is another with another', async () => {
    const first = await outcomes(1);
    expect(await outcomes(1)).toEqual(first);
    expect(await outcomes(2)).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([429, 500, '', first.find(isSpeech)]));
  });

  const isSpeech = (outcome: string | number) => typeof outcome === 'string' && outcome !== '';

  it('meets the rates', async () => {
    const { askOpenAI } = await start({ faults: { empty: 0.3 } });
    const answers = await Promise.all(Array.from({ length: 300 }, askOpenAI));
    const empty = answers.filter(({ choices }) => choices[0]?.message.content === '').length;
    expect(empty).toBeGreaterThan(60);
    expect(empty).toBeLessThan(120);
  });

  it.each([{ rate: 1.5 }, { rate: -0.1 }, { rate: 0.6, server: 0.6 }])(
    'refuses the rates %o',
    async (rates) => {
      await expect(startModelServer({ faults: rates })).rejects.toMatchObject({
        name: 'MatrixError',
      });
    },
  );

  it('lets a script name a fault, and a failure use up no scripted answer', async () => {
    const { askOpenAI } = await start({
      answer: ({ ordinal }) => (ordinal === 1 ? { fault: 'server' } : 'Hello.'),
    });
    await expect(askOpenAI()).rejects.toMatchObject({ status: 500 });
    expect((await askOpenAI()).choices[0]?.message.content).toBe('Hello.');

    let asked = 0;
    const failed = await start({ faults: { server: 1 }, answer: () => String((asked += 1)) });
    await expect(failed.askOpenAI()).rejects.toMatchObject({ status: 500 });
    expect(asked).toBe(0);
  });
});

describe('latency', () => {
  const elapsed = async (call: () => Promise<unknown>) => {
    const begun = performance.now();
    await call();
    return performance.now() - begun;
  };

  it('is kept before each answer, and slow takes longer', async () => {
    const prompt = await start({ latency: 30 });
    expect(await elapsed(prompt.askOpenAI)).toBeGreaterThanOrEqual(29);
    const slow = await start({ latency: 30, faults: { slow: 1 } });
    expect(await elapsed(slow.askOpenAI)).toBeGreaterThanOrEqual(299);
  });

  it('does not keep a server open, whose waiting clients see it close', async () => {
    const { server, askOpenAI } = await start({ latency: 60_000 });
    const call = expect(askOpenAI()).rejects.toThrow('Connection error.');
    await vi.waitFor(() => expect(server.inFlight()).toBe(1));
    await server.close();
    await call;
    await vi.waitFor(() => expect(server.inFlight()).toBe(0));
  });

  it('ends with a client that goes away', async () => {
    const server = await startServer({ latency: 60_000 });
    const leaving = new AbortController();
    const call = fetch(`${server.url}/bot/full`, {
      method: 'POST',
      body: '{"messages":[]}',
      signal: leaving.signal,
    });
    await vi.waitFor(() => expect(server.inFlight()).toBe(1));
    leaving.abort();
    await expect(call).rejects.toThrow();
    await vi.waitFor(() => expect(server.inFlight()).toBe(0));
    expect(server.count()).toBe(1);
  });
});

it('says so where its port is taken', async () => {
  const server = await startServer();
  const port = Number(new URL(server.url).port);
  await expect(startModelServer({ port })).rejects.toMatchObject({
    name: 'MatrixError',
    message: expect.stringContaining('EADDRINUSE') as string,
  });
});
