import { createBudget } from '../../src/models/budget.js';
import type { ChatAnswer, ChatModel, ChatRequest } from '../../src/models/chat-model.js';
import { createModels, type ModelContext } from '../../src/models/open-model.js';
import type { ModelServer } from '../../tools/model-server/model-server.js';
import type { Random } from '../../src/determinism.js';

/** Chance that never waits: with it retries follow each other at once. */
export const NO_JITTER: Random = {
  int: (min) => min,
  chance: () => false,
  pick: () => {
    throw new Error('nothing to pick');
  },
};

export const HOSTED = ['openai', 'google'] as const;

/** The spec of a model on a stand-in server. */
export function specOn(
  server: Pick<ModelServer, 'url'>,
  provider: (typeof HOSTED)[number],
  model = 'plain',
): string {
  return `${provider}:${model}@${server.url}${provider === 'openai' ? '/v1' : ''}`;
}

export function context(overrides: Partial<ModelContext> = {}): ModelContext {
  return {
    timeout: 5000,
    concurrency: 8,
    budget: createBudget({}),
    random: NO_JITTER,
    ...overrides,
  };
}

export function open(spec: string, overrides: Partial<ModelContext> = {}): Promise<ChatModel> {
  return createModels(context(overrides)).open(spec);
}

export const REQUEST: ChatRequest = {
  messages: [
    { role: 'system', text: 'You answer the telephone of a clinic.' },
    { role: 'user', text: 'Hello?' },
  ],
};

export function ask(
  model: ChatModel,
  request: Partial<ChatRequest> = {},
  signal = new AbortController().signal,
): Promise<ChatAnswer> {
  return model.complete({ ...REQUEST, ...request }, signal);
}

/** What a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error,
  );
}
