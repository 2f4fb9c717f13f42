import type { Attributes } from '@opentelemetry/api';
import { z } from 'zod';
import type { AskedCall, Call } from '../calls/call.js';
import { chatAnswerSchema, type ChatAnswer } from '../models/chat-model.js';
import { modelSpecOf } from '../models/model-spec.js';
import { FINISH_REASONS, GEN_AI, providerName } from './conventions.js';

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), text: z.string() })),
});
type Message = z.infer<typeof requestSchema>['messages'][number];

/** A call of a language model, as the conventions see it. */
export interface ModelCall {
  readonly model: string;
  /** What names it in metrics too. */
  readonly identity: Attributes;
  readonly messages: readonly Message[];
}

/** Undefined where something else than a model is asked: a bot, a command, a module. */
export function modelCallOf({ request }: Pick<AskedCall, 'request'>): ModelCall | undefined {
  const asked = requestSchema.safeParse(request).data;
  const spec = asked && modelSpecOf(asked.model);
  if (!spec) return undefined;
  const identity = {
    [GEN_AI.operation]: 'chat',
    [GEN_AI.provider]: providerName(spec),
    [GEN_AI.requestModel]: spec.model,
  };
  return { model: spec.model, identity, messages: asked.messages };
}

export function answerOf({ answer }: Pick<Call, 'answer'>): ChatAnswer | undefined {
  return chatAnswerSchema.safeParse(answer).data;
}

/** Tokens that the server did not count are estimates of ours, which the conventions forbid to send. */
export function usageAttributes({ usage, finish }: ChatAnswer): Attributes {
  return {
    [GEN_AI.finishReasons]: [FINISH_REASONS[finish]],
    ...(usage && {
      [GEN_AI.inputTokens]: usage.inputTokens,
      [GEN_AI.outputTokens]: usage.outputTokens,
    }),
  };
}

/** The words of a call, as JSON. */
export function contentAttributes(messages: readonly Message[], answer?: ChatAnswer): Attributes {
  return {
    [GEN_AI.inputMessages]: JSON.stringify(messages.map(({ role, text }) => message(role, text))),
    ...(answer && outputAttributes('assistant', answer.text, FINISH_REASONS[answer.finish])),
  };
}

export function outputAttributes(role: string, text: string, reason = 'stop'): Attributes {
  const output = [{ ...message(role, text), finish_reason: reason }];
  return { [GEN_AI.outputMessages]: JSON.stringify(output) };
}

function message(role: string, content: string) {
  return { role, parts: [{ type: 'text', content }] };
}
