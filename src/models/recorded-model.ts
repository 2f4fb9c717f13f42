import type { CallRole } from '../calls/call.js';
import type { CallRecorder } from '../calls/call-recorder.js';
import { chatAnswerSchema, type ChatModel } from './chat-model.js';
import { estimateUsage } from './estimate-usage.js';

/**
 * A model whose calls in one role of one dialogue go through its journal. Where the server does not
 * count, the journal holds an estimate, so that a resumed budget goes on from it.
 */
export function recordedModel(model: ChatModel, calls: CallRecorder, role: CallRole): ChatModel {
  return {
    name: model.name,
    family: model.family,
    complete: (request, signal) =>
      calls.call(role, { model: model.name, ...request }, chatAnswerSchema, async () => {
        const answer = await model.complete(request, signal);
        const usage = answer.usage ?? estimateUsage(request, answer);
        return { answer, model: model.name, usage, attempts: answer.attempts };
      }),
  };
}
