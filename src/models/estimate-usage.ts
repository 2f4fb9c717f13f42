import type { ChatAnswer, ChatRequest, Usage } from './chat-model.js';

/** Where the server does not count, a budget must not be endless: four characters a token. */
export function estimateUsage(
  { messages }: Pick<ChatRequest, 'messages'>,
  { text }: Pick<ChatAnswer, 'text'>,
): Usage {
  const asked = messages.reduce((sum, message) => sum + message.text.length, 0);
  return { inputTokens: Math.ceil(asked / 4), outputTokens: Math.ceil(text.length / 4) };
}
