import { z } from 'zod';
import { MatrixError } from '../../errors.js';
import { hideEnvironment, withoutSecrets } from '../../secrets.js';
import { forbidTracing } from '../../tracing.js';
import { type ChatRequest, type Finish, usageOf } from '../chat-model.js';
import { brokenConnection, malformedAnswer, refusedCall, unsentCall } from '../http-failure.js';
import type { ModelError } from '../model-error.js';
import type { ModelSpec } from '../model-spec.js';
import { retryAfterOf } from '../retry-after.js';
import { alternating } from './alternating.js';
import type { Provider, ProviderAnswer } from './provider.js';
import { refusedParameter } from './refused-parameter.js';

/** What an integration calls the most tokens of an answer, where that is not `maxTokens`. */
const MOST_TOKENS: Readonly<Record<string, string>> = {
  google: 'maxOutputTokens',
  'google-genai': 'maxOutputTokens',
  'google-vertexai': 'maxOutputTokens',
  'google-vertexai-web': 'maxOutputTokens',
  ollama: 'numPredict',
};

/** Why an answer ended, by the words of the providers; all else is complete. */
const ENDS: readonly (readonly [RegExp, Finish])[] = [
  [/^(length|max_?tokens)$/i, 'truncated'],
  [/^refusal$/i, 'refused'],
  [/filter|safety|recitation|blocklist|prohibited|spii/i, 'filtered'],
];

const word = z.string().optional().catch(undefined);
const messageSchema = z.object({
  text: z.string(),
  usage_metadata: z
    .object({
      input_tokens: z.int().nonnegative(),
      output_tokens: z.int().nonnegative(),
      input_token_details: z
        .object({ cache_read: z.int().nonnegative().optional() })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  additional_kwargs: z.object({ refusal: word }).catch({}),
  response_metadata: z
    .object({
      finish_reason: word,
      stop_reason: word,
      stopReason: word,
      finishReason: word,
      done_reason: word,
    })
    .catch({}),
});

const status = z.int().optional().catch(undefined);
const failureSchema = z.object({
  name: word,
  message: z.string().catch(''),
  status,
  statusCode: status,
  param: word,
  code: word,
  headers: z.instanceof(Headers).optional().catch(undefined),
});

/**
 * A model of one of LangChain's integrations, whose package and key are the user's.
 * @throws MatrixError where the package or the key is missing
 */
export async function openLangchain({ name, model, integration }: ModelSpec): Promise<Provider> {
  // Each package reads its own variable.
  hideEnvironment();
  forbidTracing();
  const { initChatModel } = await import('langchain/chat_models/universal');
  const mostTokens = MOST_TOKENS[integration] ?? 'maxTokens';
  const chat = await initChatModel(model, {
    modelProvider: integration,
    maxRetries: 0,
    configurableFields: ['temperature', mostTokens],
  }).catch((error: unknown) => {
    throw cannotOpen(error, name);
  });
  return {
    server: `LangChain's ${integration}`,
    credential: 'the key that its package reads',
    call: async (request, signal) => {
      const configurable = {
        ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
        ...(request.maxTokens === undefined ? {} : { [mostTokens]: request.maxTokens }),
      };
      try {
        return answerOf(await chat.invoke(messagesOf(request), { signal, configurable }), request);
      } catch (error) {
        throw failureFrom(error, name);
      }
    },
  };
}

function cannotOpen(error: unknown, name: string): MatrixError {
  const message = error instanceof Error ? error.message : String(error);
  const [, missing] = /Unable to import (\S+?)\. Please install/.exec(message) ?? [];
  if (missing !== undefined) {
    return new MatrixError(`${name} needs the package ${missing}, which is not installed`, {
      mend: `npm install ${missing}`,
    });
  }
  return new MatrixError(`${name} cannot be opened: ${withoutSecrets(message)}`, {
    mend: 'Mend what LangChain names there.',
  });
}

function messagesOf({ messages }: ChatRequest) {
  const { system, turns } = alternating(messages);
  const head = system === undefined ? [] : [{ role: 'system', content: system }];
  return [...head, ...turns.map(({ role, text }) => ({ role, content: text }))];
}

/** The prompt says itself what form the answer has; seeds have no name that all integrations know. */
function answerOf(message: unknown, { format, seed }: ChatRequest): ProviderAnswer {
  const { text, usage_metadata, additional_kwargs, response_metadata } =
    messageSchema.parse(message);
  const { refusal } = additional_kwargs;
  const reasons = Object.values(response_metadata).filter((reason) => reason !== undefined);
  const end = ENDS.find(([words]) => reasons.some((reason) => words.test(reason)))?.[1];
  const finish = end ?? (text.trim() === '' ? 'empty' : 'complete');
  return {
    ...(refusal ? { text: refusal, finish: 'refused' } : { text, finish }),
    usage: usage_metadata
      ? usageOf(
          usage_metadata.input_tokens,
          usage_metadata.output_tokens,
          usage_metadata.input_token_details?.cache_read,
        )
      : null,
    dropped: [...(seed === undefined ? [] : ['seed']), ...(format ? ['format'] : [])],
  };
}

function failureFrom(error: unknown, name: string): ModelError {
  if (error instanceof SyntaxError || error instanceof z.ZodError) return malformedAnswer(name);
  const failure = failureSchema.safeParse(error).data;
  const status = failure?.status ?? failure?.statusCode;
  if (failure && status !== undefined) {
    const message = failure.message
      .replace(/\s*Troubleshooting URL:.*/s, '')
      .replace(/^\d{3} /, '');
    const parameter = refusedParameter(status, failure.param, message);
    return refusedCall(name, {
      status,
      message,
      parameter,
      failure: parameter
        ? 'parameter'
        : failure.code === 'insufficient_quota'
          ? 'quota'
          : undefined,
      retryAfter: failure.headers && retryAfterOf(failure.headers),
    });
  }
  const isConnection = /connect|fetch|socket|network|terminated|time(d )?out/i;
  return failure && isConnection.test(`${failure.name} ${failure.message}`)
    ? brokenConnection(name, undefined)
    : unsentCall(name, error);
}
