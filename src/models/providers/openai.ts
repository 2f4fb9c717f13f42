import OpenAI, { APIError } from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { z } from 'zod';
import { type ChatRequest, usageOf } from '../chat-model.js';
import { brokenConnection, malformedAnswer, refusedCall, unsentCall } from '../http-failure.js';
import type { ModelError } from '../model-error.js';
import { assertUrl, type ModelSpec } from '../model-spec.js';
import { retryAfterOf } from '../retry-after.js';
import { transport } from '../transport.js';
import { openaiSchema } from './openai-schema.js';
import type { Provider, ProviderAnswer } from './provider.js';
import { readKey } from './read-key.js';
import { refusedParameter } from './refused-parameter.js';

const DEFAULT_URL = 'https://api.openai.com/v1';

/** With these OpenAI and Azure stop a prompt that they take for harmful: that is an answer. */
const REFUSALS = ['content_filter', 'content_policy_violation', 'invalid_prompt'];

const completionSchema = z.object({
  choices: z.tuple(
    [
      z.object({
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    ],
    z.unknown(),
  ),
  usage: z
    .object({
      prompt_tokens: z.int().nonnegative(),
      completion_tokens: z.int().nonnegative(),
      prompt_tokens_details: z
        .object({ cached_tokens: z.int().nonnegative() })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(null),
});

const text = z.string().optional().catch(undefined);
const errorSchema = z
  .union([
    z.object({ message: text, code: text, param: text }),
    z.string().transform((message) => ({ message, code: undefined, param: undefined })),
  ])
  .catch({});

/** The way to a server that speaks OpenAI's protocol. */
export interface OpenaiConnection extends Pick<Provider, 'server' | 'credential'> {
  readonly client: OpenAI;
}

/**
 * Connects to the spec's URL or OPENAI_BASE_URL, else to OpenAI.
 * @throws MatrixError where the key is missing or the URL wrong
 */
export function connectOpenai({ name, url }: ModelSpec): OpenaiConnection {
  const server = url ?? process.env.OPENAI_BASE_URL ?? DEFAULT_URL;
  assertUrl(server, name);
  const { value: apiKey, credential } = readKey(name, ['OPENAI_API_KEY'], server !== DEFAULT_URL);
  const client = new OpenAI({
    apiKey,
    baseURL: server,
    maxRetries: 0,
    fetch: transport,
    // OPENAI_LOG would have it print transcripts to stdout.
    logLevel: 'off',
  });
  return { client, server, credential };
}

/**
 * A model of OpenAI, or of a server that speaks its protocol.
 * @throws MatrixError where the key is missing or the URL wrong
 */
export function openOpenai(spec: ModelSpec): Provider {
  const { client, server, credential } = connectOpenai(spec);
  return {
    server,
    credential,
    call: async (request, signal) => {
      try {
        const body = completionBody(request, spec.model);
        return readCompletion(await client.chat.completions.create(body, { signal }));
      } catch (error) {
        const refusal = error instanceof APIError && readRefusal(error.status, error.error);
        if (refusal) return refusal;
        throw openaiFailure(error, spec.name);
      }
    },
  };
}

/** A call as it goes over the wire. */
export function completionBody(
  { messages, format, maxTokens, temperature, seed }: ChatRequest,
  model: string,
): ChatCompletionCreateParamsNonStreaming {
  // JSON leaves out what is not set.
  const sampling: Record<string, unknown> = { max_completion_tokens: maxTokens, temperature, seed };
  return {
    model,
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    ...sampling,
    ...(format && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: format.name, strict: true, schema: openaiSchema(format.schema) },
      },
    }),
  };
}

/** @throws ZodError where it is none */
export function readCompletion(completion: unknown): ProviderAnswer {
  const { choices, usage } = completionSchema.parse(completion);
  const { message, finish_reason } = choices[0];
  const said = withoutThoughts(message.content ?? '');
  return {
    ...(message.refusal
      ? { text: message.refusal, finish: 'refused' }
      : endOf(said, finish_reason)),
    usage: usage
      ? usageOf(
          usage.prompt_tokens,
          usage.completion_tokens,
          usage.prompt_tokens_details?.cached_tokens,
        )
      : null,
    dropped: [],
  };
}

/** Local servers hand out a reasoning model's thoughts before its words; nobody hears those. */
function withoutThoughts(text: string): string {
  return text.replace(/^\s*<think>.*?<\/think>\s*/s, '');
}

function endOf(
  text: string,
  reason: string | null | undefined,
): Pick<ProviderAnswer, 'text' | 'finish'> {
  if (reason === 'length') return { text, finish: 'truncated' };
  if (reason === 'content_filter') return { text, finish: 'filtered' };
  return { text, finish: text.trim() === '' ? 'empty' : 'complete' };
}

/** The answer that a stopped prompt gets; undefined for every other failure. */
export function readRefusal(status: unknown, error: unknown): ProviderAnswer | undefined {
  const { code } = errorSchema.parse(error);
  if (status !== 400 || code === undefined || !REFUSALS.includes(code)) return undefined;
  return { text: '', finish: 'refused', usage: null, dropped: [] };
}

/** What went wrong with a call of the SDK. */
export function openaiFailure(error: unknown, name: string): ModelError {
  if (error instanceof SyntaxError || error instanceof z.ZodError) return malformedAnswer(name);
  if (!(error instanceof APIError)) return unsentCall(name, error);
  const status = error.status as number | undefined;
  if (status === undefined) return brokenConnection(name, codeOf(error.cause));
  const { message, code, param } = errorSchema.parse(error.error);
  const parameter = refusedParameter(status, param, message);
  return refusedCall(name, {
    status,
    message,
    parameter,
    failure: parameter ? 'parameter' : code === 'insufficient_quota' ? 'quota' : undefined,
    retryAfter: error.headers ? retryAfterOf(error.headers as Headers) : undefined,
  });
}

function codeOf(cause: unknown): string | undefined {
  return z.object({ code: z.string() }).safeParse(cause).data?.code;
}
