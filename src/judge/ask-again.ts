import type { ChatMessage } from '../models/chat-model.js';

/**
 * The same question with what was wrong with the answer. Nothing of that answer comes back: it may
 * repeat words of the transcript, which would then stand outside the marks.
 * @param complaint our own words alone
 */
export function askAgain(
  messages: readonly ChatMessage[],
  complaint: readonly string[],
): ChatMessage[] {
  return messages.map((message) =>
    message.role === 'user'
      ? { ...message, text: `${message.text}\n\n${complaint.join('\n')}` }
      : message,
  );
}
