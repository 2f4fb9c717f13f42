import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startModelServer, type ModelServer } from '../../tools/model-server/model-server.js';
import { refusedParameter } from '../../src/models/providers/refused-parameter.js';
import { ask, failureOf, open, specOn } from './model-fixtures.js';

let server: ModelServer;
beforeEach(async () => {
  vi.stubEnv('OPENAI_API_KEY', 'any');
  vi.stubEnv('GOOGLE_API_KEY', 'any');
  server = await startModelServer({ keepRequests: true });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const format = { name: 'verdict', schema: z.toJSONSchema(z.object({ verdict: z.string() })) };

describe('a model that refuses a parameter', () => {
  it.each([
    ['gpt-5-mini', { temperature: 0.2 }, 'temperature'],
    ['no-seed', { seed: 4 }, 'seed'],
    ['no-schema', { format }, 'format'],
  ])('is asked without it: %s', async (name, asked, parameter) => {
    const model = await open(specOn(server, 'openai', name));
    expect(await ask(model, { ...asked, maxTokens: 50 })).toMatchObject({
      finish: 'complete',
      attempts: 2,
      dropped: [parameter],
    });
  });

  it('is not asked for it again, and each answer says what it lacks', async () => {
    const model = await open(specOn(server, 'openai', 'gpt-5-no-seed'));
    expect(await ask(model, { temperature: 0, seed: 1 })).toMatchObject({
      attempts: 3,
      dropped: ['temperature', 'seed'],
    });
    expect(await ask(model, { temperature: 0, seed: 2 })).toMatchObject({
      attempts: 1,
      dropped: ['temperature', 'seed'],
    });
    expect(await ask(model, { seed: 3 })).toMatchObject({ attempts: 1, dropped: ['seed'] });
    expect(await ask(model)).toMatchObject({ attempts: 1, dropped: [] });
  });

  it('is named by Gemini in words alone', async () => {
    const body = {
      error: {
        code: 400,
        status: 'INVALID_ARGUMENT',
        message:
          'Invalid JSON payload received. Unknown name "seed" at \'generation_config\': Cannot find field.',
      },
    };
    const picky = await startModelServer({
      answer: ({ body: asked }) =>
        JSON.stringify(asked).includes('"seed"') ? { status: 400, body } : 'Good day.',
    });
    const answer = await ask(await open(specOn(picky, 'google')), { seed: 4 });
    await picky.close();
    expect(answer).toMatchObject({ text: 'Good day.', attempts: 2, dropped: ['seed'] });
  });

  it('fails where what it refuses was not sent', async () => {
    const body = { error: { message: 'no', param: 'temperature', code: 'unsupported_value' } };
    const odd = await startModelServer({ answer: () => ({ status: 400, body }) });
    const error = await failureOf(ask(await open(specOn(odd, 'openai'))));
    expect(odd.count()).toBe(1);
    await odd.close();
    expect(error).toMatchObject({ failure: 'parameter', parameter: 'temperature' });
  });
});

describe('refusedParameter', () => {
  it.each([
    [400, 'max_tokens', '', 'maxTokens'],
    [400, 'response_format.json_schema', '', 'format'],
    [400, 'messages[0].content', 'temperature is not supported', undefined],
    [422, undefined, "Unsupported parameter(s): 'max_completion_tokens'", 'maxTokens'],
    [400, undefined, 'openai does not support parameters: {"temperature": 0.2}', 'temperature'],
    [400, undefined, 'cannot read "her temperature was 39"', undefined],
    [400, undefined, 'JSON mode is not enabled for models/gemma-3-27b-it', 'format'],
    [400, undefined, 'generation_config.response_schema.properties: non-empty', 'format'],
    [400, undefined, 'Invalid JSON payload received. Unknown name "contnts"', undefined],
    [500, 'temperature', '', undefined],
  ])('%i %s "%s"', (status, param, message, parameter) => {
    expect(refusedParameter(status, param, message)).toBe(parameter);
  });
});
