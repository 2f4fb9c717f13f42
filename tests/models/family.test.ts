import { describe, expect, it } from 'vitest';
import { familyOf, familyOfSpec } from '../../src/models/family.js';

describe('familyOf', () => {
  it.each([
    ['gpt-5-mini', 'openai'],
    ['o3-pro', 'openai'],
    ['openai/gpt-oss-120b', 'openai'],
    ['gemini-2.5-flash', 'google'],
    ['models/gemma-3-27b-it', 'google'],
    ['claude-sonnet-4-5', 'anthropic'],
    ['meta-llama/Llama-3.3-70B-Instruct', 'meta'],
    ['mixtral-8x7b', 'mistral'],
    ['Qwen/Qwen3-32B', 'qwen'],
    ['deepseek-chat', 'deepseek'],
  ])('knows who made %s', (model, family) => {
    expect(familyOf('openai', model)).toBe(family);
  });

  it('keeps apart what it does not know', () => {
    expect(familyOf('openai', 'house-model')).toBe('openai:house-model');
    expect(familyOf('openai', 'orca-mini')).toBe('openai:orca-mini');
    expect(familyOf('google', 'house-model')).not.toBe(familyOf('openai', 'house-model'));
  });
});

describe('familyOfSpec', () => {
  it.each([
    ['openai:gpt-5-mini', 'openai'],
    ['langchain:anthropic:claude-sonnet-4-5', 'anthropic'],
    ['llama-guard:llama-guard3@http://127.0.0.1:11434/v1', 'meta'],
    ['llama-guard:house-guard@http://127.0.0.1:11434/v1', 'openai:house-guard'],
    ['deterministic', undefined],
    ['offline:careful', undefined],
  ])('of %s is %s', (spec, family) => {
    expect(familyOfSpec(spec)).toBe(family);
  });
});
