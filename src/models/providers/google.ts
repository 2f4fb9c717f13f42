import {
  GoogleGenerativeAI,
  GoogleGenerativeAIError,
  GoogleGenerativeAIFetchError,
  type GenerateContentRequest,
} from '@google/generative-ai';
import { z } from 'zod';
import { type ChatRequest, type Finish, usageOf } from '../chat-model.js';
import { brokenConnection, malformedAnswer, refusedCall, unsentCall } from '../http-failure.js';
import type { Failure, ModelError } from '../model-error.js';
import { assertUrl, type ModelSpec } from '../model-spec.js';
import { transport } from '../transport.js';
import { alternating } from './alternating.js';
import { googleSchema } from './google-schema.js';
import type { Provider, ProviderAnswer } from './provider.js';
import { readKey } from './read-key.js';
import { refusedParameter } from './refused-parameter.js';

const DEFAULT_URL = 'https://generativelanguage.googleapis.com';

/**
 * Ends other than those of its filters, which take back what was said. A model's own refusal comes as
 * words, and STOP; a stopped prompt has no candidate.
 */
const ENDS: ReadonlyMap<string, Finish> = new Map([
  ['STOP', 'complete'],
  ['MAX_TOKENS', 'truncated'],
  ['OTHER', 'truncated'],
  ['MALFORMED_FUNCTION_CALL', 'truncated'],
  ['FINISH_REASON_UNSPECIFIED', 'truncated'],
]);

const count = z.int().nonnegative();
const partSchema = z.object({ text: z.string().default(''), thought: z.boolean().default(false) });
const responseSchema = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(partSchema).default([]) }).optional(),
        finishReason: z.string().default('STOP'),
      }),
    )
    .default([]),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  usageMetadata: z
    .object({
      promptTokenCount: count,
      candidatesTokenCount: count.default(0),
      thoughtsTokenCount: count.default(0),
      cachedContentTokenCount: count.optional().catch(undefined),
    })
    .nullable()
    .catch(null),
});

const detailsSchema = z
  .array(
    z.object({
      reason: z.string().optional(),
      retryDelay: z.string().optional(),
      violations: z.array(z.object({ quotaId: z.string().optional() })).optional(),
    }),
  )
  .catch([]);

/**
 * A Gemini model, at the spec's URL or GOOGLE_BASE_URL, with GOOGLE_API_KEY or GEMINI_API_KEY.
 * @throws MatrixError where the key is missing or the URL wrong
 */
export function openGoogle({ name, model, url }: ModelSpec): Provider {
  const server = (url ?? process.env.GOOGLE_BASE_URL ?? DEFAULT_URL).replace(/\/+$/, '');
  assertUrl(server, name);
  const variables = ['GOOGLE_API_KEY', 'GEMINI_API_KEY'] as const;
  const { value, credential } = readKey(name, [...variables], server !== DEFAULT_URL);
  const client = new GoogleGenerativeAI(value).getGenerativeModel({ model }, { baseUrl: server });
  return {
    server,
    credential,
    call: async (request, signal) => {
      try {
        const { response } = await withTransport(() =>
          client.generateContent(bodyOf(request), { signal }),
        );
        return answerOf(response);
      } catch (error) {
        throw failureFrom(error, name);
      }
    },
  };
}

/** The SDK has no other hook: it takes `fetch` from the global scope, in the moment in which it is called. */
function withTransport<T>(begin: () => T): T {
  const before = globalThis.fetch;
  globalThis.fetch = transport;
  try {
    return begin();
  } finally {
    globalThis.fetch = before;
  }
}

function bodyOf({ messages, format, ...sampling }: ChatRequest): GenerateContentRequest {
  const { system, turns } = alternating(messages);
  // JSON leaves out what is not set; the library's types lag behind the API's.
  const generationConfig: Readonly<Record<string, unknown>> = {
    maxOutputTokens: sampling.maxTokens,
    temperature: sampling.temperature,
    seed: sampling.seed,
    ...(format && {
      responseMimeType: 'application/json',
      responseSchema: googleSchema(format.schema),
    }),
  };
  return {
    contents: turns.map(({ role, text }) => ({
      role: role === 'user' ? 'user' : 'model',
      parts: [{ text }],
    })),
    ...(system === undefined ? {} : { systemInstruction: system }),
    generationConfig,
  };
}

function answerOf(response: unknown): ProviderAnswer {
  const { candidates, promptFeedback, usageMetadata } = responseSchema.parse(response);
  const [candidate] = candidates;
  const isBlocked = promptFeedback?.blockReason !== undefined;
  if (!candidate && !isBlocked) throw new SyntaxError('neither an answer nor a block');
  const parts = candidate?.content?.parts.filter(({ thought }) => !thought) ?? [];
  const text = parts.map((part) => part.text).join('');
  return {
    text,
    finish: candidate ? finishOf(text, candidate.finishReason) : 'refused',
    usage:
      usageMetadata &&
      usageOf(
        usageMetadata.promptTokenCount,
        usageMetadata.candidatesTokenCount + usageMetadata.thoughtsTokenCount,
        usageMetadata.cachedContentTokenCount,
      ),
    dropped: [],
  };
}

function finishOf(text: string, reason: string): Finish {
  const finish = ENDS.get(reason) ?? 'filtered';
  const isEmpty = text.trim() === '' && finish !== 'filtered' && reason !== 'MAX_TOKENS';
  return isEmpty ? 'empty' : finish;
}

/** The library drops the cause of a broken connection, and lets what breaks midway through as it is. */
function failureFrom(error: unknown, name: string): ModelError {
  if (error instanceof GoogleGenerativeAIFetchError) return refusalFrom(error, name);
  if (error instanceof SyntaxError || error instanceof z.ZodError) return malformedAnswer(name);
  if (error instanceof GoogleGenerativeAIError) return brokenConnection(name, undefined);
  if (error instanceof TypeError) {
    return error.message === 'terminated'
      ? brokenConnection(name, error.message)
      : malformedAnswer(name);
  }
  return unsentCall(name, error);
}

function refusalFrom(error: GoogleGenerativeAIFetchError, name: string): ModelError {
  const status = error.status ?? 0;
  const details = detailsSchema.parse(error.errorDetails ?? []);
  const message = wordsOf(error.message);
  const parameter = refusedParameter(status, undefined, message);
  return refusedCall(name, {
    status,
    message,
    parameter,
    failure: parameter ? 'parameter' : failureIn(details),
    retryAfter: delayIn(details),
  });
}

/** Of "Error fetching from URL: [STATUS TEXT] WORDS [DETAILS]" the words. */
function wordsOf(message: string): string {
  return message.replace(/^.*?: \[\d+ [^\]]*\] /s, '').replace(/ \[\{.*\}\]$/s, '');
}

type Details = z.infer<typeof detailsSchema>;

function failureIn(details: Details): Failure | undefined {
  if (details.some(({ reason }) => reason === 'API_KEY_INVALID')) return 'key';
  const quotas = details.flatMap(({ violations = [] }) => violations);
  // What a day allows does not come back within a run.
  return quotas.some(({ quotaId }) => quotaId?.includes('PerDay')) ? 'quota' : undefined;
}

/** Milliseconds of Google's RetryInfo: `retryDelay: "2s"`. */
function delayIn(details: Details): number | undefined {
  const delay = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  const [, seconds] = /^(\d+(?:\.\d+)?)s$/.exec(delay ?? '') ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
