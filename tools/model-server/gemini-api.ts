import { Rejected } from './chat-api.js';
import type { Asked, ChatApi, Incoming, Message, RawResponse } from './chat-api.js';
import { geminiError, geminiFailure } from './gemini-error.js';
import { readGeminiRequest, type GeminiContent, type GeminiRequest } from './gemini-request.js';
import { tokensOf, type Spoken } from './answer-text.js';

const GENERATE = /^\/v1(?:beta)?\/models\/([^/:]+):generateContent$/;

/**
 * Gemini's generateContent, as strict as the provider. A refusal is a blocked prompt, as the service
 * has no words for it; a filtered answer is a candidate without content.
 * @param key the only one accepted, where given; else any that is not empty
 * @param retryAfter seconds that a rate limit asks to wait
 */
export function createGeminiApi(key: string | undefined, retryAfter: number): ChatApi {
  return {
    name: 'gemini',
    serves: ({ method, path }) => method === 'POST' && GENERATE.test(path),
    read: (incoming, json) => {
      checkKey(incoming, key);
      const model = GENERATE.exec(incoming.path)?.[1] ?? '';
      if (model.startsWith('no-such')) throw unknownModel(model);
      return askedIn(model, readGeminiRequest(json));
    },
    fail: (failure) => geminiFailure(failure, retryAfter),
  };
}

function checkKey({ headers, query }: Incoming, key: string | undefined): void {
  const header = headers['x-goog-api-key'];
  const given = (typeof header === 'string' ? header : undefined) ?? query.get('key') ?? '';
  if (given === '') throw new Rejected(geminiError(403, 'PERMISSION_DENIED', UNREGISTERED));
  if (key === undefined || given === key) return;
  const reason = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'API_KEY_INVALID',
    domain: 'googleapis.com',
    metadata: { service: 'generativelanguage.googleapis.com' },
  };
  const message = 'API key not valid. Please pass a valid API key.';
  throw new Rejected(geminiError(400, 'INVALID_ARGUMENT', message, [reason]));
}

const UNREGISTERED =
  "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.";

function unknownModel(model: string): Rejected {
  const message = `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.`;
  return new Rejected(geminiError(404, 'NOT_FOUND', message));
}

function askedIn(model: string, request: GeminiRequest): Asked {
  const { contents, systemInstruction, generationConfig = {} } = request;
  const messages: Message[] = [
    ...(systemInstruction ? [{ role: 'system' as const, text: textOf(systemInstruction) }] : []),
    ...contents.map((content) => ({
      role: content.role === 'model' ? ('assistant' as const) : ('user' as const),
      text: textOf(content),
    })),
  ];
  return {
    model,
    messages,
    format: formatIn(generationConfig),
    maxTokens: generationConfig.maxOutputTokens,
    answer: (spoken, ordinal) => generated(model, messages, spoken, ordinal),
  };
}

function formatIn(config: NonNullable<GeminiRequest['generationConfig']>) {
  const { responseSchema, responseMimeType } = config;
  if (responseSchema) return responseSchema;
  return responseMimeType === 'application/json' ? { type: 'object' } : undefined;
}

function textOf({ parts }: GeminiContent): string {
  return parts.map(({ text = '' }) => text).join('');
}

function generated(
  model: string,
  messages: readonly Message[],
  spoken: Spoken,
  ordinal: number,
): RawResponse {
  const prompt = tokensOf(...messages.map(({ text }) => text));
  const blocked = spoken.finish === 'refused' || spoken.finish === 'filtered';
  const said = blocked ? 0 : tokensOf(spoken.text);
  return {
    status: 200,
    body: {
      ...outcomeOf(spoken),
      usageMetadata: {
        promptTokenCount: prompt,
        ...(said > 0 && { candidatesTokenCount: said }),
        totalTokenCount: prompt + said,
      },
      modelVersion: model,
      responseId: `response-${ordinal}`,
    },
  };
}

function outcomeOf({ text, finish }: Spoken): object {
  switch (finish) {
    case 'refused':
      return { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } };
    case 'filtered':
      return { candidates: [{ finishReason: 'SAFETY', index: 0, safetyRatings: ratings(true) }] };
    case 'stop':
    case 'length':
      return { candidates: [candidate(text, finish === 'stop' ? 'STOP' : 'MAX_TOKENS')] };
  }
}

/** Content without words has no parts at all. */
function candidate(text: string, finishReason: string): object {
  const content = { ...(text !== '' && { parts: [{ text }] }), role: 'model' };
  return { content, finishReason, index: 0, safetyRatings: ratings(false) };
}

function ratings(blocked: boolean): object[] {
  return [
    { category: 'HARM_CATEGORY_HARASSMENT', probability: 'NEGLIGIBLE' },
    {
      category: 'HARM_CATEGORY_DANGEROUS_CONTENT',
      probability: blocked ? 'HIGH' : 'NEGLIGIBLE',
      ...(blocked && { blocked }),
    },
  ];
}
