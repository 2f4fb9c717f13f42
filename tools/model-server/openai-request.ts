import { z } from 'zod';
import type { Rejected } from './chat-api.js';
import { openAIRejection } from './openai-error.js';

/** Accepted as the provider accepts them, and without effect on the stand-in's answers. */
const WITHOUT_EFFECT = [
  'audio',
  'frequency_penalty',
  'function_call',
  'functions',
  'logit_bias',
  'logprobs',
  'metadata',
  'modalities',
  'moderation',
  'parallel_tool_calls',
  'prediction',
  'presence_penalty',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
  'reasoning_effort',
  'safety_identifier',
  'service_tier',
  'stop',
  'store',
  'stream_options',
  'tool_choice',
  'tools',
  'top_logprobs',
  'top_p',
  'user',
  'verbosity',
  'web_search_options',
] as const;

const anything = z.unknown().optional();
const ignored = Object.fromEntries(WITHOUT_EFFECT.map((name) => [name, anything])) as Record<
  (typeof WITHOUT_EFFECT)[number],
  typeof anything
>;

const messageSchema = z.strictObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]).nullish(),
  name: z.string().optional(),
  refusal: z.string().nullish(),
  audio: anything,
  function_call: anything,
  tool_calls: anything,
  tool_call_id: z.string().optional(),
});

const formatSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    json_schema: z.strictObject({
      name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
      description: z.string().optional(),
      schema: z.record(z.string(), z.unknown()).default({}),
      strict: z.boolean().nullish(),
    }),
  }),
]);

const chatSchema = z.strictObject({
  ...ignored,
  model: z.string().min(1),
  messages: z.array(messageSchema).min(1),
  max_completion_tokens: z.int().positive().nullish(),
  max_tokens: z.int().positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  seed: z.int().nullish(),
  response_format: formatSchema.optional(),
  // The stand-in gives one answer, and in one piece.
  n: z.literal(1).nullish(),
  stream: z.literal(false).nullish(),
});
export type OpenAIRequest = z.infer<typeof chatSchema>;

/** @throws Rejected as OpenAI rejects what is malformed */
export function readOpenAIRequest(json: unknown): OpenAIRequest {
  if (typeof json !== 'object' || json === null) {
    throw openAIRejection(400, {
      message: 'We could not parse the JSON body of your request.',
    });
  }
  const { data, error } = chatSchema.safeParse(json);
  if (!data) throw rejectionOf(error.issues[0]);
  return data;
}

function rejectionOf(issue: z.core.$ZodIssue | undefined): Rejected {
  if (issue?.code === 'unrecognized_keys') {
    const param = pathOf([...issue.path, issue.keys[0] ?? '']);
    const message = `Unknown parameter: '${param}'.`;
    return openAIRejection(400, { message, param, code: 'unknown_parameter' });
  }
  const param = pathOf(issue?.path ?? []);
  if (issue?.message.endsWith('received undefined')) {
    const message = `Missing required parameter: '${param}'.`;
    return openAIRejection(400, { message, param, code: 'missing_required_parameter' });
  }
  const message = `Invalid value for '${param}': ${issue?.message ?? 'invalid'}.`;
  return openAIRejection(400, { message, param, code: 'invalid_value' });
}

/** `messages[0].role` */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
