import type { Attributes, Span } from '@opentelemetry/api';
import type { Attempt, DialogueKey } from '../store/run-record.js';
import { modelSpecOf } from '../models/model-spec.js';
import { observeCalls } from './call-spans.js';
import { ERROR_TYPE, GEN_AI, providerName } from './conventions.js';
import type { DialogueObservation, JudgingObservation, Observation, Observer } from './observer.js';
import type { Sinks } from './sinks.js';
import { endSpan, errorType, failSpan, startSpan } from './spans.js';
import { observeTurns } from './turn-spans.js';

/** Tells what is done as spans, run over dialogue over turn over call, and counts it. */
export function createSpanObserver(sinks: Sinks): Observer {
  const { tracer, measures } = sinks;
  return {
    models: {
      onRetry: ({ model, failure }) =>
        measures.retried({ ...modelAttributes(model), [ERROR_TYPE]: failure }),
      onAdmitted: (wait, model) => measures.admitted(wait / 1000, modelAttributes(model)),
    },
    run: (id, work) => {
      const of = { 'matrix_sim.run.id': id };
      const span = startSpan(tracer, 'run', { ...of, 'matrix_sim.run.work': work }, {});
      return {
        ...ending(span),
        dialogue: (key, attempt) =>
          observeDialogue(
            { ...of, ...keyAttributes(key), 'matrix_sim.attempt': attempt },
            span,
            sinks,
          ),
        judging: (key, judging) =>
          observeJudging(
            { ...of, ...keyAttributes(key), 'matrix_sim.judging.id': judging },
            span,
            sinks,
          ),
      };
    },
  };
}

function observeDialogue(of: Attributes, parent: Span, sinks: Sinks): DialogueObservation {
  const span = startSpan(sinks.tracer, 'dialogue', of, { parent });
  const turns = observeTurns(span, sinks);
  return {
    calls: observeCalls(turns.current, sinks),
    onTurn: turns.onTurn,
    end: (attempt) => {
      sinks.measures.dialogue(outcomeOf(attempt));
      endSpan(span, { ...outcomeOf(attempt), 'matrix_sim.turns': attempt.turns.length });
    },
    fail: (error) => failSpan(span, error),
  };
}

function observeJudging(of: Attributes, parent: Span, sinks: Sinks): JudgingObservation {
  const span = startSpan(sinks.tracer, 'judging', of, { parent });
  return {
    calls: observeCalls(() => span, sinks),
    end: (stands) => {
      const outcome = { 'matrix_sim.outcome': stands ? 'judged' : 'open' };
      sinks.measures.judging(outcome);
      endSpan(span, outcome);
    },
    fail: (error) => {
      sinks.measures.judging({ 'matrix_sim.outcome': 'failed', [ERROR_TYPE]: errorType(error) });
      failSpan(span, error);
    },
  };
}

function ending(span: Span): Observation<unknown> {
  return { end: () => endSpan(span), fail: (error) => failSpan(span, error) };
}

function keyAttributes({ scenario, agent, repeat }: DialogueKey): Attributes {
  return {
    'matrix_sim.scenario.id': scenario,
    'matrix_sim.agent.name': agent,
    'matrix_sim.repeat': repeat,
  };
}

function outcomeOf({ standing, ending: how }: Attempt): Attributes {
  return { 'matrix_sim.standing': standing, 'matrix_sim.ending': how };
}

function modelAttributes(name: string): Attributes {
  const spec = modelSpecOf(name);
  if (!spec) return { [GEN_AI.requestModel]: name };
  return { [GEN_AI.provider]: providerName(spec), [GEN_AI.requestModel]: spec.model };
}
