import type { CallRecorder } from '../calls/call-recorder.js';
import { chatAnswerSchema, type ChatModel } from './chat-model.js';

/** A model whose calls in one role of one dialogue go through its journal. */
export function recordedModel(model: ChatModel, calls: CallRecorder, role: string): ChatModel {
  return {
    name: model.name,
    family: model.family,
    complete: (request, signal) =>
      calls.call(role, { model: model.name, ...request }, chatAnswerSchema, async () => {
        const answer = await model.complete(request, signal);
        return { answer, model: model.name, usage: answer.usage, attempts: answer.attempts };
      }),
  };
}
