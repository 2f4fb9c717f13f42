import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXIT, MatrixError } from '../../src/errors.js';
import {
  startModelServer,
  type FaultKind,
  type ModelServer,
  type ModelServerOptions,
} from '../../tools/model-server/model-server.js';
import { BudgetSpent, createBudget } from '../../src/models/budget.js';
import { createModels } from '../../src/models/open-model.js';
import type { RetryEvent } from '../../src/models/retry.js';
import { ask, context, failureOf, HOSTED, open, specOn } from './model-fixtures.js';

const KEY = 'planted-key-7c1f09';
const KEYS = ['OPENAI_API_KEY', 'GOOGLE_API_KEY', 'GEMINI_API_KEY'];
const servers: ModelServer[] = [];

beforeEach(() => {
  for (const name of [...KEYS, 'OPENAI_BASE_URL', 'GOOGLE_BASE_URL']) vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(options: ModelServerOptions = {}): Promise<ModelServer> {
  const server = await startModelServer({ keepRequests: true, ...options });
  servers.push(server);
  return server;
}

/** A server whose first answers are these faults. */
function faulty(...faults: FaultKind[]): Promise<ModelServer> {
  return serve({
    answer: ({ ordinal }) => {
      const fault = faults[ordinal - 1];
      return fault === undefined ? 'Good day.' : { fault };
    },
  });
}

describe('the specs of models', () => {
  it.each(['gpt-5-mini', 'azure:gpt-5-mini', '', 'openai'])('refuses "%s"', async (spec) => {
    const error = await failureOf(open(spec));
    expect(error).toBeInstanceOf(MatrixError);
    expect(error).toMatchObject({
      message: `"${spec}" is no model`,
      mend: expect.stringContaining('openai:MODEL') as string,
    });
  });

  it.each([
    'openai:',
    'google:',
    'langchain:anthropic',
    'langchain::claude',
    'openai:@http://h/v1',
  ])('refuses "%s", which says no model', async (spec) => {
    expect(await failureOf(open(spec))).toMatchObject({
      message: `"${spec}" does not say which model`,
    });
  });

  it.each(['openai:m@127.0.0.1:8000/v1', 'google:m@ftp://host'])(
    'refuses the address in "%s"',
    async (spec) => {
      expect(await failureOf(open(spec))).toMatchObject({
        mend: expect.stringContaining('http:') as string,
      });
    },
  );

  it('refuses a password in an address, without repeating it', async () => {
    const error = await failureOf(open('openai:m@http://me:hunter22@host/v1'));
    expect(error).toBeInstanceOf(MatrixError);
    expect(inspect(error)).not.toContain('hunter22');
  });

  it('gives the same model for the same spec', async () => {
    const models = createModels(context());
    const spec = specOn(await serve(), 'openai');
    expect(await models.open(spec)).toBe(await models.open(spec));
  });
});

describe('keys', () => {
  it.each([
    ['openai:gpt-5-mini', 'OPENAI_API_KEY'],
    ['google:gemini-2.5-flash', 'GOOGLE_API_KEY'],
  ])('says which one %s lacks', async (spec, variable) => {
    expect(await failureOf(open(spec))).toMatchObject({
      message: `${spec} needs a key: ${variable} is not set`,
      mend: expect.stringContaining(variable) as string,
    });
  });

  it.each(HOSTED)('does without at a server of the user (%s)', async (kind) => {
    const server = await serve();
    expect(await ask(await open(specOn(server, kind)))).toMatchObject({ finish: 'complete' });
    expect(JSON.stringify(server.requests[0]?.headers)).toMatch(/none"/);
  });

  it.each([
    ['openai:plain', 'OPENAI_BASE_URL', '/v1'],
    ['google:plain', 'GOOGLE_BASE_URL', ''],
  ])('lets the environment say where %s is', async (spec, variable, path) => {
    vi.stubEnv(variable, `${(await serve()).url}${path}`);
    expect(await ask(await open(spec))).toMatchObject({ finish: 'complete' });
  });

  it('takes the second name of a Google key', async () => {
    vi.stubEnv('GEMINI_API_KEY', KEY);
    const server = await serve({ key: KEY });
    expect(await ask(await open(specOn(server, 'google')))).toMatchObject({ finish: 'complete' });
  });

  it('refuses one that was copied with what is around it', async () => {
    vi.stubEnv('OPENAI_API_KEY', `${KEY}\r`);
    const error = await failureOf(open('openai:gpt-5-mini'));
    expect(error).toMatchObject({ message: expect.stringContaining('OPENAI_API_KEY') as string });
    expect(inspect(error)).not.toContain(KEY);
  });
});

describe.each(HOSTED)('a call of %s', (kind) => {
  it('goes on after failures that pass, and tells of each', async () => {
    const server = await faulty('server', 'reset', 'malformed', 'storm', 'reset-mid-body', 'html');
    const events: (RetryEvent & { model: string })[] = [];
    const spec = specOn(server, kind);
    const model = await open(spec, { onRetry: (event) => events.push(event) });
    expect(await ask(model)).toMatchObject({ text: 'Good day.', attempts: 7 });
    expect(events.map(({ failure }) => failure)).toEqual([
      'server',
      'connection',
      'malformed',
      'rate',
      'connection',
      'server',
    ]);
    expect(events[0]).toEqual({ failure: 'server', status: 500, attempt: 1, wait: 0, model: spec });
  });

  it('gives up at once where the server asks for a longer wait than there is time', async () => {
    const server = await faulty('rate');
    const model = await open(specOn(server, kind), { timeout: 1500 });
    expect(await failureOf(ask(model))).toMatchObject({ failure: 'rate', retryAfter: 2000 });
    expect(server.count()).toBe(1);
  });

  it('gives a server that hangs a second chance, then tells the time it had', async () => {
    const server = await faulty('slow', 'slow');
    const spec = specOn(server, kind);
    const model = await open(spec, { timeout: 300 });
    expect(await failureOf(ask(model))).toMatchObject({
      failure: 'timeout',
      message: `no answer from the model server for ${spec} within 0.3 s (a try has half of the time)`,
    });
    expect(server.count()).toBe(2);
    await vi.waitUntil(() => server.inFlight() === 0);
  });

  it('is told to have no answer where an answer comes in time but is spoilt', async () => {
    const server = await faulty('empty');
    expect(await ask(await open(specOn(server, kind)))).toMatchObject({
      finish: 'empty',
      attempts: 1,
    });
  });

  it('stops the run where the key is refused, without showing it', async () => {
    vi.stubEnv('OPENAI_API_KEY', KEY);
    vi.stubEnv('GOOGLE_API_KEY', KEY);
    const server = await serve({ key: 'another-key-entirely' });
    const spec = specOn(server, kind);
    const error = await failureOf(ask(await open(spec)));
    const variable = kind === 'openai' ? 'OPENAI_API_KEY' : 'GOOGLE_API_KEY';
    expect(error).toBeInstanceOf(MatrixError);
    expect(error).toMatchObject({
      exitCode: EXIT.incomplete,
      message: `${kind === 'openai' ? 401 : 400} from the model server for ${spec}: the key in ${variable} was refused.`,
      mend: 'Mend the key, then go on.',
    });
    expect(inspect(error, { depth: 9 })).not.toContain(KEY);
    expect(server.count()).toBe(1);
  });

  it('stops the run where the model is unknown or credit is used up', async () => {
    const unknown = await open(specOn(await serve(), kind, 'no-such-model'));
    const poor = await open(specOn(await faulty('quota'), kind));
    expect(await failureOf(ask(unknown))).toMatchObject({
      exitCode: EXIT.incomplete,
      mend: expect.stringContaining("Check the model's name") as string,
    });
    expect(await failureOf(ask(poor))).toMatchObject({
      exitCode: EXIT.incomplete,
      mend: expect.stringContaining('Add credit') as string,
    });
  });

  it('takes no part of a budget that is spent, not even for a second try', async () => {
    const server = await faulty('server');
    const budget = createBudget({ tokens: 10 });
    const model = await open(specOn(server, kind), {
      budget,
      onRetry: () => budget.spend('openai:other', { inputTokens: 10, outputTokens: 0 }),
    });
    expect(await failureOf(ask(model))).toBeInstanceOf(BudgetSpent);
    expect(await failureOf(ask(model))).toBeInstanceOf(BudgetSpent);
    expect(server.count()).toBe(1);
  });

  it('adds what it used to the budget', async () => {
    const server = await faulty();
    const budget = createBudget({});
    const { usage } = await ask(await open(specOn(server, kind), { budget }));
    expect(budget.spent.tokens).toBe((usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0));
    expect(budget.spent.tokens).toBeGreaterThan(10);
  });

  it('stops when it is aborted, whatever it waits for', async () => {
    const server = await faulty('rate');
    const model = await open(specOn(server, kind));
    const abort = new AbortController();
    const waiting = failureOf(ask(model, {}, abort.signal));
    await vi.waitUntil(() => server.count() === 1 && server.inFlight() === 0);
    abort.abort(new Error('enough'));
    expect(await waiting).toMatchObject({ message: 'enough' });
    expect(server.count()).toBe(1);
  });
});

describe('calls at once', () => {
  it('share the limit of their server, whatever the model', async () => {
    let most = 0;
    const server = await serve({ latency: 10, onRequest: () => (most = Math.max(most, now())) });
    const now = () => server.inFlight();
    const models = createModels(context({ concurrency: 3 }));
    const pair = await Promise.all(
      ['one', 'two'].map((name) => models.open(specOn(server, 'openai', name))),
    );
    await Promise.all(Array.from({ length: 12 }, () => pair.map((model) => ask(model))).flat());
    expect(most).toBe(3);
    expect(server.count()).toBe(24);
  });

  it('answer all of them at a server with every fault', async () => {
    const server = await serve({
      seed: 5,
      faults: {
        storm: 0.05,
        server: 0.03,
        reset: 0.03,
        'reset-mid-body': 0.03,
        malformed: 0.03,
        html: 0.03,
      },
    });
    const models = createModels(context({ concurrency: 16 }));
    const pair = await Promise.all(HOSTED.map((kind) => models.open(specOn(server, kind))));
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => pair.map((model) => ask(model))).flat(),
    );
    expect(answers.map(({ finish }) => finish)).toEqual(Array(120).fill('complete'));
    expect(answers.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(server.count());
    expect(server.count()).toBeGreaterThan(130);
  });
});

describe('a server that does not count', () => {
  it('is counted by characters, so that a budget ends', async () => {
    const body = { choices: [{ message: { content: 'Four words are here.' } }] };
    const server = await serve({ answer: () => ({ status: 200, body }) });
    const budget = createBudget({});
    const answer = await ask(await open(specOn(server, 'openai'), { budget }));
    expect(answer.usage).toBeNull();
    expect(budget.spent.tokens).toBe(16);
  });
});
