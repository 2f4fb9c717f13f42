import type { Asked, ChatApi, JsonSchema, Message, RawResponse } from './chat-api.js';
import { checkOpenAIKey, openAIFailure } from './openai-error.js';
import { checkLimits } from './openai-limits.js';
import { readOpenAIRequest, type OpenAIRequest } from './openai-request.js';
import { tokensOf, type Spoken } from './answer-text.js';

export const CHAT_PATH = '/v1/chat/completions';

/**
 * OpenAI's chat completions, as strict as the provider.
 * @param key the only one accepted, where given; else any that is not empty
 * @param retryAfter seconds that a rate limit asks to wait
 */
export function createOpenAIApi(key: string | undefined, retryAfter: number): ChatApi {
  return {
    name: 'openai',
    serves: ({ method, path }) => method === 'POST' && path === CHAT_PATH,
    read: ({ headers }, json) => {
      checkOpenAIKey(headers, key);
      const request = readOpenAIRequest(json);
      checkLimits(request);
      return askedIn(request);
    },
    fail: (failure) => openAIFailure(failure, retryAfter),
  };
}

function askedIn(request: OpenAIRequest): Asked {
  const messages = request.messages.map(messageOf);
  return {
    model: request.model,
    messages,
    format: formatIn(request),
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
    answer: (spoken, ordinal) => completion(request.model, messages, spoken, ordinal),
  };
}

function formatIn({ response_format: format }: OpenAIRequest): JsonSchema | undefined {
  if (format?.type === 'json_schema') return format.json_schema.schema;
  return format?.type === 'json_object' ? { type: 'object' } : undefined;
}

function messageOf({ role, content }: OpenAIRequest['messages'][number]): Message {
  const parts =
    typeof content === 'string' ? [content] : (content ?? []).map(({ text = '' }) => text);
  return { role: ROLES[role], text: parts.join('') };
}

const ROLES = {
  system: 'system',
  developer: 'system',
  user: 'user',
  tool: 'user',
  function: 'user',
  assistant: 'assistant',
} as const;

function completion(
  model: string,
  messages: readonly Message[],
  { text, finish }: Spoken,
  ordinal: number,
): RawResponse {
  const refused = finish === 'refused';
  const prompt = tokensOf(...messages.map((message) => message.text));
  const spoken = tokensOf(text);
  return {
    status: 200,
    headers: { 'x-request-id': `req_${ordinal}` },
    body: {
      id: `chatcmpl-${ordinal}`,
      object: 'chat.completion',
      created: Math.floor(Date.now() / 1000),
      model,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: refused ? null : text,
            refusal: refused ? text : null,
            annotations: [],
          },
          logprobs: null,
          finish_reason: FINISH_REASONS[finish],
        },
      ],
      usage: {
        prompt_tokens: prompt,
        completion_tokens: spoken,
        total_tokens: prompt + spoken,
      },
      service_tier: 'default',
      system_fingerprint: 'fp_stand_in',
    },
  };
}

const FINISH_REASONS = {
  stop: 'stop',
  refused: 'stop',
  length: 'length',
  filtered: 'content_filter',
} as const;
