import { modelSpecOf } from './model-spec.js';

/** Beginnings of model names, by who made the model. */
const MAKERS: readonly (readonly [RegExp, string])[] = [
  [/^(gpt|chatgpt|o\d|codex|davinci)/, 'openai'],
  [/^(gemini|gemma|medgemma|palm)/, 'google'],
  [/^claude/, 'anthropic'],
  [/^(meta-)?(code)?llama/, 'meta'],
  [/^(mistral|mixtral|ministral|magistral|codestral)/, 'mistral'],
  [/^(qwen|qwq)/, 'qwen'],
  [/^deepseek/, 'deepseek'],
  [/^command/, 'cohere'],
  [/^grok/, 'xai'],
  [/^phi/, 'microsoft'],
];

/** As {@link familyOf}, of a spec such as `openai:gpt-5-mini` or `llama-guard:…`; undefined where it names no model. */
export function familyOfSpec(spec: string): string | undefined {
  const parsed = modelSpecOf(spec);
  return parsed && familyOf(parsed.integration || parsed.provider, parsed.model);
}

/**
 * Who made a model, as far as its name tells; else the provider and the name, which no other model
 * shares. The path before the name (`anthropic/claude-…`, `models/gemini-…`) does not count, nor
 * does the letters' case.
 */
export function familyOf(provider: string, model: string): string {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  const maker = MAKERS.find(([beginning]) => beginning.test(name));
  return maker?.[1] ?? `${provider}:${model}`;
}
