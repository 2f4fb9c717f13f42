import type { GenerateContentRequest } from '@google/generative-ai';
import { describe, expect, it } from 'vitest';
import type { ModelServerOptions } from '../../../tools/model-server/model-server.js';
import { geminiClient, startServer } from './start-server.js';

async function start(options: ModelServerOptions = {}, key?: string, model?: string) {
  const server = await startServer(options);
  const chosen = { ...(key !== undefined && { key }), ...(model !== undefined && { model }) };
  return { server, gemini: geminiClient(server, chosen) };
}

const contents = [{ role: 'user', parts: [{ text: 'Hello.' }] }];
const json = { responseMimeType: 'application/json' };

/** A request with a schema that the SDK's types would not let through. */
function asking(responseSchema: object): GenerateContentRequest {
  const generationConfig = {
    ...json,
    responseSchema,
  } as GenerateContentRequest['generationConfig'];
  return { contents, ...(generationConfig && { generationConfig }) };
}

describe('generateContent', () => {
  it('answers as the provider does, and counts tokens', async () => {
    const { gemini } = await start({ answer: () => 'Good morning.' });
    const { response } = await gemini.generateContent({ contents });
    expect(response.text()).toBe('Good morning.');
    expect(response).toMatchObject({
      candidates: [
        {
          content: { role: 'model', parts: [{ text: 'Good morning.' }] },
          finishReason: 'STOP',
          index: 0,
        },
      ],
      usageMetadata: { promptTokenCount: 2, candidatesTokenCount: 4, totalTokenCount: 6 },
      modelVersion: 'gemini-2.5-flash',
    });
  });

  it('shows what was asked: roles and the schema', async () => {
    const { server, gemini } = await start();
    const responseSchema = { type: 'object', properties: { a: { type: 'string' } } };
    await gemini.generateContent({
      ...asking(responseSchema),
      systemInstruction: 'Be kind.',
      contents: [
        ...contents,
        { role: 'model', parts: [{ text: 'Hello?' }] },
        { role: 'user', parts: [{ text: 'It is ' }, { text: 'me.' }] },
      ],
    });
    expect(server.requests).toMatchObject([
      {
        api: 'gemini',
        model: 'gemini-2.5-flash',
        format: responseSchema,
        messages: [
          { role: 'system', text: 'Be kind.' },
          { role: 'user', text: 'Hello.' },
          { role: 'assistant', text: 'Hello?' },
          { role: 'user', text: 'It is me.' },
        ],
      },
    ]);
  });

  it('gives JSON that fits the schema', async () => {
    const { gemini } = await start();
    const { response } = await gemini.generateContent(
      asking({
        type: 'OBJECT',
        properties: {
          verdict: { type: 'STRING', format: 'enum', enum: ['pass', 'abstain'] },
          turn: { type: 'INTEGER', nullable: true },
          quotes: { type: 'ARRAY', items: { type: 'STRING' }, minItems: 1 },
        },
        required: ['verdict', 'turn', 'quotes'],
      }),
    );
    expect(JSON.parse(response.text())).toEqual({ verdict: 'abstain', turn: null, quotes: [''] });
  });

  it('blocks a prompt, filters an answer and truncates one', async () => {
    const script = [
      { text: 'No.', finish: 'refused' },
      { text: 'Bad.', finish: 'filtered' },
      { text: 'Half', finish: 'length' },
      { text: '', finish: 'stop' },
    ] as const;
    const { gemini } = await start({ answer: ({ ordinal }) => script[ordinal - 1] });
    const ask = async () => (await gemini.generateContent({ contents })).response;
    const blocked = await ask();
    expect(blocked.candidates).toBeUndefined();
    expect(blocked.promptFeedback?.blockReason).toBe('PROHIBITED_CONTENT');
    const [filtered] = (await ask()).candidates ?? [];
    expect(filtered).toMatchObject({ finishReason: 'SAFETY' });
    expect(filtered).not.toHaveProperty('content');
    expect((await ask()).candidates).toMatchObject([
      { finishReason: 'MAX_TOKENS', content: { parts: [{ text: 'Half' }] } },
    ]);
    expect((await ask()).candidates?.[0]?.content).toEqual({ role: 'model' });
  });

  it('cuts the answer where the tokens are used up', async () => {
    const { gemini } = await start({ answer: () => 'One two three four.' });
    const { response } = await gemini.generateContent({
      contents,
      generationConfig: { maxOutputTokens: 2 },
    });
    expect(response.candidates?.[0]).toMatchObject({
      finishReason: 'MAX_TOKENS',
      content: { parts: [{ text: 'One two ' }] },
    });
  });

  it('takes the key in the address', async () => {
    const { server } = await start({ key: 'right' });
    const ask = (key: string) =>
      fetch(`${server.url}/v1beta/models/gemini-2.5-flash:generateContent?key=${key}`, {
        method: 'POST',
        body: JSON.stringify({ contents }),
      });
    expect((await ask('right')).status).toBe(200);
    expect((await ask('wrong')).status).toBe(400);
    expect((await ask('')).status).toBe(403);
  });
});

describe('rejection', () => {
  const text = { type: 'string' };

  it.each<[string, object, string]>([
    ['no contents', { contents: [] }, 'contents is not specified'],
    [
      'a role that it does not know',
      { contents: [{ role: 'assistant', parts: [{ text: 'a' }] }] },
      'Please use a valid role: user, model.',
    ],
    [
      'a turn without parts',
      { contents: [...contents, { role: 'model', parts: [] }] },
      'GenerateContentRequest.contents[1].parts: contents.parts must not be empty.',
    ],
    [
      'an empty text',
      { contents: [{ role: 'user', parts: [{ text: '' }] }] },
      "contents[0].parts[0].data: required oneof field 'data' must have one initialized field",
    ],
    ['an unknown field', { contents, seed: 1 }, 'Unknown name "seed": Cannot find field.'],
    [
      'an unknown setting',
      { contents, generationConfig: { maxTokens: 1 } },
      `Unknown name "maxTokens" at 'generation_config': Cannot find field.`,
    ],
    [
      'a temperature above 2',
      { contents, generationConfig: { temperature: 3 } },
      'temperature must be in the range',
    ],
    [
      '$schema',
      asking({ $schema: 'http://json-schema.org/draft-07/schema#', ...text }),
      `Unknown name "$schema" at 'generation_config.response_schema': Cannot find field.`,
    ],
    [
      'additionalProperties deep in a schema',
      asking({
        type: 'object',
        properties: {
          a: text,
          b: { type: 'array', items: { type: 'object', additionalProperties: false } },
        },
      }),
      `Unknown name "additionalProperties" at 'generation_config.response_schema.properties[1].value.items': Cannot find field.`,
    ],
    [
      'a list of types',
      asking({ type: 'object', properties: { a: { type: ['string', 'null'] } } }),
      `Invalid value at 'generation_config.response_schema.properties[0].value.type'`,
    ],
    [
      'a list without items',
      asking({ type: 'object', properties: { a: { type: 'array' } } }),
      'response_schema.properties[a].items: missing field.',
    ],
    [
      'an object without properties',
      asking({ type: 'object' }),
      'response_schema.properties: should be non-empty for OBJECT type',
    ],
    [
      'a format of texts that it does not know',
      asking({ type: 'string', format: 'date' }),
      "only 'enum' and 'date-time' are supported for STRING type",
    ],
    [
      'an enum of numbers',
      asking({ type: 'integer', enum: ['1'] }),
      'only allowed for STRING type',
    ],
    [
      'a required property that is not there',
      asking({ type: 'object', properties: { a: text }, required: ['b'] }),
      'required[0]: property is not defined',
    ],
    [
      'a schema without its MIME type',
      { contents, generationConfig: { responseSchema: text } },
      'response_mime_type',
    ],
  ])('is what meets %s', async (_, request, message) => {
    const { gemini } = await start();
    const call = gemini.generateContent(request as GenerateContentRequest);
    await expect(call).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(message) as string,
    });
  });

  it('names each unknown field in the details', async () => {
    const { gemini } = await start();
    const call = gemini.generateContent(asking({ type: 'string', $id: 'a', $schema: 'b' }));
    await expect(call).rejects.toMatchObject({
      errorDetails: [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [
            { field: 'generation_config.response_schema' },
            { field: 'generation_config.response_schema' },
          ],
        },
      ],
    });
  });

  it('meets a wrong key with its reason, and an unknown model', async () => {
    const { gemini } = await start({ key: 'right' }, 'wrong');
    await expect(gemini.generateContent({ contents })).rejects.toMatchObject({
      status: 400,
      errorDetails: [{ reason: 'API_KEY_INVALID', domain: 'googleapis.com' }],
    });
    const stranger = await start({}, 'any', 'no-such-model');
    await expect(stranger.gemini.generateContent({ contents })).rejects.toMatchObject({
      status: 404,
    });
  });
});
