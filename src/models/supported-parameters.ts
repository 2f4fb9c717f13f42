import type { ChatModel, ChatRequest } from './chat-model.js';
import { ModelError } from './model-error.js';

/** What a call can do without: a prompt says itself what form its answer has. */
const DROPPABLE = ['maxTokens', 'temperature', 'seed', 'format'] as const;
export type Droppable = (typeof DROPPABLE)[number];

/**
 * Leaves out what the model refuses, after its first refusal, and says so in every answer that was
 * made without a parameter that was asked for.
 */
export function supportedParameters(model: ChatModel): ChatModel {
  const refused = new Set<Droppable>();
  const complete: ChatModel['complete'] = async (request, signal) => {
    const dropped = [...refused].filter((parameter) => request[parameter] !== undefined);
    const sent = { ...request, ...Object.fromEntries(dropped.map((name) => [name, undefined])) };
    try {
      const answer = await model.complete(sent, signal);
      return { ...answer, dropped: [...dropped, ...answer.dropped] };
    } catch (error) {
      const parameter = refusedIn(error, sent);
      if (parameter === undefined) throw error;
      refused.add(parameter);
      const answer = await complete(request, signal);
      return { ...answer, attempts: answer.attempts + 1 };
    }
  };
  return { ...model, complete };
}

/** The parameter that a failure is about, where it was sent: else leaving it out changes nothing. */
function refusedIn(error: unknown, sent: ChatRequest): Droppable | undefined {
  if (!(error instanceof ModelError) || error.failure !== 'parameter') return undefined;
  return DROPPABLE.find((name) => name === error.parameter && sent[name] !== undefined);
}
