import { z } from 'zod';
import { SPEECH_FAULTS } from '../transcript/transcript.js';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** The JSON that an answer must be: a JSON Schema as `z.toJSONSchema` makes it, with a name. */
export interface AnswerFormat {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** One call of a model. What is not set is not sent. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly format?: AnswerFormat | undefined;
  /** Tokens of the answer at most. */
  readonly maxTokens?: number | undefined;
  /** 0 to 2. */
  readonly temperature?: number | undefined;
  readonly seed?: number | undefined;
}

/** How an answer ended. Only a `complete` one says all that the model meant to say. */
export const FINISHES = ['complete', ...SPEECH_FAULTS] as const;
export type Finish = (typeof FINISHES)[number];

export const usageSchema = z.object({
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  /** Those of the input that the provider had kept from an earlier call; absent where it does not tell. */
  cachedTokens: z.int().nonnegative().optional(),
});
export type Usage = z.infer<typeof usageSchema>;

/** @param cachedTokens undefined where the provider does not tell */
export function usageOf(
  inputTokens: number,
  outputTokens: number,
  cachedTokens: number | undefined,
): Usage {
  return { inputTokens, outputTokens, ...(cachedTokens !== undefined && { cachedTokens }) };
}

export const chatAnswerSchema = z.object({
  /** What was said; of a refusal its words, empty where the provider gives none. */
  text: z.string(),
  finish: z.enum(FINISHES),
  /** Null where the server does not count. */
  usage: usageSchema.nullable(),
  /** Times the request was sent until it was answered, at least 1. */
  attempts: z.int().positive(),
  /** Parameters that the model refused and that were left out for it. */
  dropped: z.array(z.string()),
});
export type ChatAnswer = z.infer<typeof chatAnswerSchema>;

/** A language model, in whatever role. Its failures are {@link ModelError}s. */
export interface ChatModel {
  /** As in its spec: `openai:gpt-5-mini`. */
  readonly name: string;
  /** Who made it, as far as the name tells: a judge of the agent's own family is warned about. */
  readonly family: string;
  /** Address of its server, where that is known. */
  readonly server?: string;
  complete(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer>;
}
