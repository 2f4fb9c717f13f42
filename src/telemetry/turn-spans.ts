import type { Span } from '@opentelemetry/api';
import type { EndedTurn, OnTurn } from '../dialogue/state.js';
import { ERROR_TYPE } from './conventions.js';
import { outputAttributes } from './model-call.js';
import type { Sinks } from './sinks.js';
import { endSpan, startSpan } from './spans.js';

export interface TurnSpans {
  readonly onTurn: OnTurn;
  /** The span of the turn that is under way; between turns, of the dialogue. */
  readonly current: () => Span;
}

/** The turns of one dialogue, which follow each other. */
export function observeTurns(dialogue: Span, { tracer, content }: Sinks): TurnSpans {
  let current = dialogue;
  return {
    current: () => current,
    onTurn: (number, speaker) => {
      const of = { 'matrix_sim.turn': number, 'matrix_sim.speaker': speaker };
      const span = startSpan(tracer, 'turn', of, { parent: dialogue });
      current = span;
      return (ended) => {
        current = dialogue;
        endSpan(span, endOf(ended, content));
      };
    },
  };
}

function endOf({ turn, ending }: EndedTurn, content: boolean) {
  return {
    ...(ending !== undefined && { 'matrix_sim.ending': ending }),
    ...(turn?.fault !== undefined && { [ERROR_TYPE]: turn.fault }),
    ...(turn &&
      content &&
      outputAttributes(turn.role === 'agent' ? 'assistant' : 'user', turn.text)),
  };
}
