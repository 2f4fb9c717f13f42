import type { Attributes, Meter } from '@opentelemetry/api';
import type { ChatAnswer } from '../models/chat-model.js';
import { GEN_AI, SECOND_BOUNDS, TOKEN_BOUNDS } from './conventions.js';

/** What is counted and measured, over all dialogues. */
export interface Measures {
  /** @param answer left out where the call came to nothing */
  call(seconds: number, attributes: Attributes, answer?: ChatAnswer): void;
  admitted(seconds: number, attributes: Attributes): void;
  retried(attributes: Attributes): void;
  dialogue(attributes: Attributes): void;
  judging(attributes: Attributes): void;
}

export function createMeasures(meter: Meter): Measures {
  const histogram = (name: string, unit: string, explicitBucketBoundaries: number[]) =>
    meter.createHistogram(name, { unit, advice: { explicitBucketBoundaries } });
  const tokens = histogram(GEN_AI.tokenUsage, '{token}', TOKEN_BOUNDS);
  const durations = histogram(GEN_AI.duration, 's', SECOND_BOUNDS);
  const waits = histogram('matrix_sim.limiter.wait', 's', SECOND_BOUNDS);
  const retries = meter.createCounter('matrix_sim.retries', { unit: '{retry}' });
  const dialogues = meter.createCounter('matrix_sim.dialogues', { unit: '{dialogue}' });
  const judgings = meter.createCounter('matrix_sim.judgings', { unit: '{dialogue}' });
  return {
    call: (seconds, attributes, answer) => {
      durations.record(seconds, attributes);
      if (!answer?.usage) return;
      const { inputTokens, outputTokens } = answer.usage;
      tokens.record(inputTokens, { ...attributes, [GEN_AI.tokenType]: 'input' });
      tokens.record(outputTokens, { ...attributes, [GEN_AI.tokenType]: 'output' });
    },
    admitted: (seconds, attributes) => waits.record(seconds, attributes),
    retried: (attributes) => retries.add(1, attributes),
    dialogue: (attributes) => dialogues.add(1, attributes),
    judging: (attributes) => judgings.add(1, attributes),
  };
}
