import { END, START, StateGraph } from '@langchain/langgraph';
import type { Ending, Standing, Turn } from '../transcript/transcript.js';
import type { Release } from './director.js';
import { exchange } from './exchange.js';
import { DialogueState, type Cast } from './state.js';
import { standingOf } from './stop-rules.js';

/** A finished dialogue. `releases` and `triggerTurn` are the director's log: no judge sees them. */
export interface Dialogue {
  readonly turns: readonly Turn[];
  readonly ending: Ending;
  readonly standing: Standing;
  readonly triggerTurn: number | undefined;
  readonly releases: readonly Release[];
  readonly error: string | undefined;
}

// One node an exchange: a LangGraph step costs about half a millisecond, so few steps.
const graph = new StateGraph(DialogueState)
  .addNode('exchange', exchange)
  .addEdge(START, 'exchange')
  .addConditionalEdges('exchange', ({ ending }) => (ending === undefined ? 'exchange' : END), [
    'exchange',
    END,
  ])
  .compile();

/** Holds one dialogue. Failures of agent or patient are endings, not exceptions. */
export async function holdDialogue(cast: Cast): Promise<Dialogue> {
  forbidTracing();
  const state = await graph.invoke({ cast }, { recursionLimit: Math.ceil(cast.maxTurns / 2) + 2 });
  const ending = state.ending ?? 'turn-limit';
  return {
    turns: state.turns,
    ending,
    standing: standingOf(ending, state.disclosure.triggerTurn !== undefined),
    triggerTurn: state.disclosure.triggerTurn,
    releases: state.disclosure.released,
    error: state.error,
  };
}

/** LangGraph posts transcripts to a tracing service where these are set; nothing leaves unasked. */
function forbidTracing(): void {
  for (const name of [
    'LANGSMITH_TRACING',
    'LANGSMITH_TRACING_V2',
    'LANGCHAIN_TRACING_V2',
    'LANGCHAIN_TRACING',
  ]) {
    process.env[name] = 'false';
  }
}
