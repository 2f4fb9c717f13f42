import { afterEach, describe, expect, it, vi } from 'vitest';
import { allowTracing, forbidTracing } from '../src/tracing.js';

const NAMES = [
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING_V2',
  'LANGCHAIN_TRACING',
];

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('tracing', () => {
  it('is forbidden in every way that the environment can ask for it, unless allowed', () => {
    for (const name of NAMES) vi.stubEnv(name, 'true');
    forbidTracing();
    expect(NAMES.map((name) => process.env[name])).toEqual(NAMES.map(() => 'false'));
    for (const name of NAMES) vi.stubEnv(name, 'true');
    allowTracing();
    forbidTracing();
    expect(NAMES.map((name) => process.env[name])).toEqual(NAMES.map(() => 'true'));
  });

  it('prints nothing of what is said, allowed or not', () => {
    vi.stubEnv('LANGCHAIN_VERBOSE', 'true');
    allowTracing();
    forbidTracing();
    expect(process.env.LANGCHAIN_VERBOSE).toBe('false');
  });
});
