import type { ChatAnswer, ChatRequest } from '../chat-model.js';

/** What one try gives; `dropped` names what this provider never sends though asked. */
export type ProviderAnswer = Omit<ChatAnswer, 'attempts'>;

/** A model at its provider, before retries, limits and budgets. */
export interface Provider {
  /** The server that its calls share with other models: what it limits, it limits for all. */
  readonly server: string;
  /** What is refused where the key is, as a message puts it: `the key in OPENAI_API_KEY`. */
  readonly credential: string;
  /** One try of one call. It fails with a ModelError. */
  call(request: ChatRequest, signal: AbortSignal): Promise<ProviderAnswer>;
}
