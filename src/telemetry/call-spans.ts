import { SpanKind, type Attributes, type Span } from '@opentelemetry/api';
import type { AskedCall } from '../calls/call.js';
import type { RecorderOptions } from '../calls/call-recorder.js';
import { ERROR_TYPE } from './conventions.js';
import {
  answerOf,
  contentAttributes,
  modelCallOf,
  usageAttributes,
  type ModelCall,
} from './model-call.js';
import type { Sinks } from './sinks.js';
import { endSpan, errorType, failSpan, startSpan } from './spans.js';

/**
 * A span for each call once it is over. A replayed one takes no time and no tokens, and is not
 * measured: it was when it was made.
 * @param parent asked as the call ends
 */
export function observeCalls(
  parent: () => Span,
  sinks: Sinks,
): Required<Pick<RecorderOptions, 'onAnswer' | 'onFailedCall'>> {
  const { tracer, measures, content } = sinks;
  const start = (asked: AskedCall, model: ModelCall | undefined, milliseconds: number) =>
    startSpan(tracer, model ? `chat ${model.model}` : 'call', attributesOf(asked, model), {
      parent: parent(),
      kind: SpanKind.CLIENT,
      startTime: Date.now() - milliseconds,
    });
  return {
    onAnswer: (call, replayed) => {
      const model = modelCallOf(call);
      const answer = model && answerOf(call);
      const span = start(call, model, replayed ? 0 : call.latency);
      if (model && !replayed) measures.call(call.latency / 1000, model.identity, answer);
      endSpan(span, {
        'matrix_sim.call.replayed': replayed,
        ...(!replayed && { 'matrix_sim.call.attempts': call.attempts }),
        ...(answer && !replayed && usageAttributes(answer)),
        ...(model && content && contentAttributes(model.messages, answer)),
      });
    },
    onFailedCall: (asked, error, latency) => {
      const model = modelCallOf(asked);
      const failed = { ...model?.identity, [ERROR_TYPE]: errorType(error) };
      if (model) measures.call(latency / 1000, failed);
      const span = start(asked, model, latency);
      failSpan(span, error, model && content ? contentAttributes(model.messages) : {});
    },
  };
}

function attributesOf(
  { role, part, ordinal }: AskedCall,
  model: ModelCall | undefined,
): Attributes {
  return {
    'matrix_sim.call.role': role,
    ...(part !== '' && { 'matrix_sim.call.part': part }),
    'matrix_sim.call.ordinal': ordinal,
    ...model?.identity,
  };
}
