import type OpenAI from 'openai';
import type { APIError } from 'openai';
import { describe, expect, it } from 'vitest';
import type { ModelServerOptions, Spoken } from '../../../tools/model-server/model-server.js';
import { openAIClient, startServer } from './start-server.js';

async function start(options: ModelServerOptions = {}, apiKey?: string) {
  const server = await startServer(options);
  return { server, openai: openAIClient(server, apiKey) };
}

type Params = OpenAI.ChatCompletionCreateParamsNonStreaming;
const hello: Params = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello.' }] };

function strict(schema: Record<string, unknown>): NonNullable<Params['response_format']> {
  return { type: 'json_schema', json_schema: { name: 'verdict', strict: true, schema } };
}

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, born: { type: ['string', 'null'] } },
  required: ['name', 'born'],
  additionalProperties: false,
};

describe('chat completions', () => {
  it('answers as the provider does, and counts tokens', async () => {
    const { server, openai } = await start({ answer: () => 'Good morning.' });
    const completion = await openai.chat.completions.create(hello);
    expect(completion).toMatchObject({
      object: 'chat.completion',
      model: 'gpt-4o-mini',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Good morning.', refusal: null },
          finish_reason: 'stop',
          logprobs: null,
        },
      ],
      usage: { prompt_tokens: 2, completion_tokens: 4, total_tokens: 6 },
    });
    expect(completion.id).toMatch(/^chatcmpl-/);
    expect(server.count()).toBe(1);
  });

  it('shows what was asked: roles, parts and the schema', async () => {
    const { server, openai } = await start();
    await openai.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [
        { role: 'developer', content: 'Be kind.' },
        { role: 'assistant', content: 'Hello?' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'It is ' },
            { type: 'text', text: 'me.' },
          ],
        },
      ],
      response_format: strict(person),
    });
    expect(server.requests).toMatchObject([
      {
        api: 'openai',
        path: '/v1/chat/completions',
        model: 'gpt-4o-mini',
        ordinal: 1,
        format: person,
        messages: [
          { role: 'system', text: 'Be kind.' },
          { role: 'assistant', text: 'Hello?' },
          { role: 'user', text: 'It is me.' },
        ],
      },
    ]);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-any');
  });

  it('gives JSON that fits the schema', async () => {
    const { openai } = await start();
    const { choices } = await openai.chat.completions.create({
      ...hello,
      response_format: strict(person),
    });
    expect(JSON.parse(choices[0]?.message.content ?? '')).toEqual({ name: '', born: null });
  });

  it('cuts the answer where the tokens are used up', async () => {
    const { openai } = await start({ answer: () => 'One two three four.' });
    const { choices } = await openai.chat.completions.create({
      ...hello,
      max_completion_tokens: 2,
    });
    expect(choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'One two ' } });
  });

  it.each<[Spoken, object]>([
    [
      { text: 'No.', finish: 'refused' },
      { finish_reason: 'stop', message: { content: null, refusal: 'No.' } },
    ],
    [
      { text: 'Half', finish: 'length' },
      { finish_reason: 'length', message: { content: 'Half', refusal: null } },
    ],
    [
      { text: '', finish: 'filtered' },
      { finish_reason: 'content_filter', message: { content: '' } },
    ],
  ])('puts %o as a script says', async (spoken, choice) => {
    const { openai } = await start({ answer: () => spoken });
    expect((await openai.chat.completions.create(hello)).choices).toMatchObject([choice]);
  });

  it('gives a raw response to the byte', async () => {
    const { openai } = await start({
      answer: () => ({
        status: 418,
        headers: { 'x-pot': 'tea' },
        body: { error: { code: 'pot' } },
      }),
    });
    const error = await openai.chat.completions.create(hello).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 418, code: 'pot' });
    expect((error as APIError).headers?.get('x-pot')).toBe('tea');
  });

  it('lists its models', async () => {
    const { openai } = await start();
    const ids = [];
    for await (const model of openai.models.list()) ids.push(model.id);
    expect(ids).toContain('gpt-5-mini');
  });

  it('calls everything safe as a guard model, unless a script knows better', async () => {
    const { openai } = await start({
      answer: ({ messages }) => (messages.at(-1)?.text === 'Harm.' ? 'unsafe\nS1,S2' : undefined),
    });
    const guard = async (content: string) => {
      const messages = [{ role: 'user' as const, content }];
      const { choices } = await openai.chat.completions.create({
        model: 'llama-guard-3-8b',
        messages,
      });
      return choices[0]?.message.content;
    };
    expect(await guard('Good day.')).toBe('safe');
    expect(await guard('Harm.')).toBe('unsafe\nS1,S2');
  });
});

describe('rejection', () => {
  const bare = { type: 'object', properties: { a: { type: 'string' } } };
  const withChild = (child: object) => ({ ...person, properties: { name: child, born: child } });

  it.each<[string, object, object]>([
    ['an unknown model', { model: 'no-such-model' }, { status: 404, code: 'model_not_found' }],
    [
      'an unknown parameter',
      { max_output_tokens: 3 },
      { code: 'unknown_parameter', param: 'max_output_tokens' },
    ],
    [
      'an unknown field of a message',
      { messages: [{ role: 'user', content: '', words: 1 }] },
      { code: 'unknown_parameter', param: 'messages[0].words' },
    ],
    ['no messages', { messages: [] }, { param: 'messages' }],
    [
      'messages missing',
      { messages: undefined },
      { param: 'messages', code: 'missing_required_parameter' },
    ],
    [
      'an unknown role',
      { messages: [{ role: 'patient', content: 'a' }] },
      { param: 'messages[0].role', code: 'invalid_value' },
    ],
    ['a temperature above 2', { temperature: 2.1 }, { param: 'temperature' }],
    [
      'a temperature of a reasoning model',
      { model: 'gpt-5-mini', temperature: 0.2 },
      { code: 'unsupported_value', param: 'temperature' },
    ],
    [
      'max_tokens of a reasoning model',
      { model: 'o3', max_tokens: 9 },
      {
        code: 'unsupported_parameter',
        param: 'max_tokens',
        message: expect.stringContaining("Use 'max_completion_tokens' instead.") as string,
      },
    ],
    ['a seed where there is none', { model: 'no-seed', seed: 1 }, { param: 'seed' }],
    [
      'a schema where there is none',
      { model: 'no-schema', response_format: strict(person) },
      { param: 'response_format' },
    ],
    [
      'an open object in a strict schema',
      { response_format: strict(bare) },
      {
        param: 'response_format',
        message: expect.stringContaining(
          "In context=(), 'additionalProperties' is required to be supplied and to be false.",
        ) as string,
      },
    ],
    [
      'an optional property in a strict schema',
      { response_format: strict({ ...bare, additionalProperties: false, required: [] }) },
      { message: expect.stringContaining("Missing 'a'.") as string },
    ],
    [
      'an open object deep in a strict schema',
      { response_format: strict(withChild({ type: 'array', items: bare })) },
      { message: expect.stringContaining("('properties', 'name', 'items')") as string },
    ],
    [
      'a keyword that strict schemas do not know',
      { response_format: strict(withChild({ type: 'string', minLength: 1 })) },
      { message: expect.stringContaining("'minLength' is not permitted.") as string },
    ],
    [
      'a list as the whole of a strict schema',
      { response_format: strict({ type: 'array', items: person }) },
      { message: expect.stringContaining(`got 'type: "array"'`) as string },
    ],
    [
      'JSON that the messages do not speak of',
      { response_format: { type: 'json_object' } },
      { param: 'messages' },
    ],
  ])('is what meets %s', async (_, change, error) => {
    const { server, openai } = await start();
    const call = openai.chat.completions.create({ ...hello, ...change });
    await expect(call).rejects.toMatchObject({ status: 400, ...error });
    expect(server.requests).toMatchObject([{ messages: [], rejection: { body: {} } }]);
  });

  it('takes what a reasoning model takes', async () => {
    const { openai } = await start();
    const request = { ...hello, model: 'gpt-5-mini', temperature: 1, max_completion_tokens: 90 };
    await expect(openai.chat.completions.create(request)).resolves.toMatchObject({
      model: 'gpt-5-mini',
    });
  });

  it('takes a lax schema that is not strict', async () => {
    const { openai } = await start();
    const response_format = {
      type: 'json_schema' as const,
      json_schema: { name: 'lax', schema: { type: 'object', properties: { a: {} } } },
    };
    const { choices } = await openai.chat.completions.create({ ...hello, response_format });
    expect(choices[0]?.message.content).toBe('{}');
  });

  it('repeats a wrong key in its message', async () => {
    const { openai } = await start({ key: 'sk-right' }, 'sk-wrong');
    await expect(openai.chat.completions.create(hello)).rejects.toMatchObject({
      status: 401,
      code: 'invalid_api_key',
      type: 'invalid_request_error',
      message: expect.stringContaining('Incorrect API key provided: sk-wrong') as string,
    });
    await expect(openai.models.list()).rejects.toMatchObject({ status: 401 });
  });

  it('meets a missing key, and JSON that is none', async () => {
    const { server } = await start();
    const post = (headers: Record<string, string>, body: string) =>
      fetch(`${server.url}/v1/chat/completions`, { method: 'POST', headers, body });
    expect((await post({}, JSON.stringify(hello))).status).toBe(401);
    expect((await post({ authorization: 'Bearer any' }, '{"model":')).status).toBe(400);
    expect(server.count()).toBe(2);
  });

  it('meets an unknown address', async () => {
    const { server } = await start();
    const response = await fetch(`${server.url}/v1/nowhere`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      error: { message: 'Invalid URL (GET /v1/nowhere)' },
    });
  });
});
