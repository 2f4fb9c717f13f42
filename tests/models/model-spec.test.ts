import { describe, expect, it } from 'vitest';
import { bareModelName } from '../../src/models/model-spec.js';

describe('bareModelName', () => {
  it.each([
    ['openai:gpt-5-mini@http://127.0.0.1:8000/v1', 'gpt-5-mini'],
    ['langchain:google-genai:gemini-2.5-flash', 'gemini-2.5-flash'],
    ['llama-guard:llama-guard3:8b@http://127.0.0.1:11434/v1', 'llama-guard3:8b'],
    ['llama-guard:meta-llama/Llama-Guard-4-12B', 'meta-llama/Llama-Guard-4-12B'],
    ['deterministic', 'deterministic'],
  ])('of %s is %s', (spec, name) => {
    expect(bareModelName(spec)).toBe(name);
  });
});
