import { MODEL_PROVIDER_CONFIG } from 'langchain/chat_models/universal';
import { afterEach, describe, expect, it, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { MatrixError } from '../../src/errors.js';
import { failureOf, open } from './model-fixtures.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a model of LangChain', () => {
  it.each([
    ['langchain:anthropic:claude-sonnet-4-5', '@langchain/anthropic'],
    ['langchain:groq:llama-3.3-70b', '@langchain/groq'],
    ['langchain:ollama:llama3.1:8b', '@langchain/ollama'],
  ])('names the command that installs what %s needs', async (spec, missing) => {
    const error = await failureOf(open(spec));
    expect(error).toBeInstanceOf(MatrixError);
    expect(error).toMatchObject({
      message: `${spec} needs the package ${missing}, which is not installed`,
      mend: `npm install ${missing}`,
    });
  });

  it('comes from a package that is an optional peer of ours, whichever the provider', () => {
    const packages = Object.values(MODEL_PROVIDER_CONFIG).map((provider) => provider.package);
    const peers = Object.keys(manifest.peerDependencies);
    expect(peers).toEqual([...new Set(packages)].sort());
    for (const peer of Object.values(manifest.peerDependenciesMeta)) {
      expect(peer).toEqual({ optional: true });
    }
    expect(Object.keys(manifest.peerDependenciesMeta)).toEqual(peers);
  });

  it('says which providers there are where the one named is none', async () => {
    const error = await failureOf(open('langchain:nobody:model'));
    expect(error).toBeInstanceOf(MatrixError);
    expect(String(error)).toMatch(/nobody.*openai, anthropic/s);
  });

  it('is loaded only once tracing is off', async () => {
    vi.stubEnv('LANGSMITH_TRACING', 'true');
    vi.stubEnv('LANGCHAIN_TRACING_V2', 'true');
    await failureOf(open('langchain:anthropic:claude'));
    expect([process.env.LANGSMITH_TRACING, process.env.LANGCHAIN_TRACING_V2]).toEqual([
      'false',
      'false',
    ]);
  });
});
