import type { Finish } from '../models/chat-model.js';
import type { ModelSpec } from '../models/model-spec.js';

/**
 * Names of the OpenTelemetry semantic conventions for generative AI, version 1.37.0 (status:
 * development).
 */
export const GEN_AI = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  finishReasons: 'gen_ai.response.finish_reasons',
  inputMessages: 'gen_ai.input.messages',
  outputMessages: 'gen_ai.output.messages',
  tokenType: 'gen_ai.token.type',
  tokenUsage: 'gen_ai.client.token.usage',
  duration: 'gen_ai.client.operation.duration',
} as const;

export const ERROR_TYPE = 'error.type';

/** Bounds of the histograms, as the conventions give them. */
export const TOKEN_BOUNDS = Array.from({ length: 14 }, (_, power) => 4 ** power);
/** Seconds. */
export const SECOND_BOUNDS = Array.from({ length: 14 }, (_, power) => 2 ** power / 100);

/** The conventions' names of providers, by those of LangChain; others go by their own. */
const INTEGRATIONS: Readonly<Record<string, string>> = {
  aws: 'aws.bedrock',
  bedrock: 'aws.bedrock',
  google: 'gcp.gen_ai',
  'google-genai': 'gcp.gemini',
  'google-vertexai': 'gcp.vertex_ai',
  'google-vertexai-web': 'gcp.vertex_ai',
  mistralai: 'mistral_ai',
  xai: 'x_ai',
};

/** What a server that speaks as OpenAI's is called, whoever it is of: so the conventions have it. */
export function providerName({ provider, integration }: ModelSpec): string {
  if (provider === 'google') return 'gcp.gemini';
  if (provider === 'openai') return 'openai';
  return INTEGRATIONS[integration] ?? integration;
}

export const FINISH_REASONS: Readonly<Record<Finish, string>> = {
  complete: 'stop',
  empty: 'stop',
  truncated: 'length',
  refused: 'refusal',
  filtered: 'content_filter',
};
