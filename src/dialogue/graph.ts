import { Runnable } from '@langchain/core/runnables';
import { Command, END, START, StateGraph } from '@langchain/langgraph/web';
import { forbidTracing } from '../tracing.js';
import type { Ending, Standing, Turn } from '../transcript/transcript.js';
import type { Mishearing, Release } from '../agents/patbot/director/disclosure.js';
import { exchange } from './exchange.js';
import { DialogueState, type Beginning, type Cast, type DialogueStateType } from './state.js';
import { standingOf } from './stop-rules.js';

/** A finished dialogue. `releases`, `mishearings` and `triggerTurn` are the director's log: no judge sees them. */
export interface Dialogue {
  readonly turns: readonly Turn[];
  readonly ending: Ending;
  readonly standing: Standing;
  readonly triggerTurn: number | undefined;
  readonly releases: readonly Release[];
  readonly mishearings: readonly Mishearing[];
  readonly error: string | undefined;
}

/** One node an exchange, which itself says where to go on: a conditional edge costs a fifth more. */
class Exchange extends Runnable<DialogueStateType, Command> {
  readonly lc_namespace = ['matrix-sim', 'dialogue'];

  async invoke(state: DialogueStateType): Promise<Command> {
    const update = await exchange(state);
    return new Command({ update, goto: update.ending === undefined ? 'exchange' : END });
  }
}

// The `web` entry has no asynchronous context, which would slow every promise of the process.
// A runnable is called as it is; a function would be wrapped in a trace of its own each time.
const graph = new StateGraph(DialogueState)
  .addNode('exchange', new Exchange(), { ends: ['exchange', END] })
  .addEdge(START, 'exchange')
  .compile();

/**
 * Holds one dialogue, from its first turn on or from where it is taken up. Failures of agent or patient
 * are endings, not exceptions.
 */
export async function holdDialogue(cast: Cast, beginning?: Beginning): Promise<Dialogue> {
  forbidTracing();
  const state = await graph.invoke(
    { cast, ...beginning },
    { recursionLimit: Math.ceil(cast.maxTurns / 2) + 2 },
  );
  const ending = state.ending ?? 'turn-limit';
  return {
    turns: state.turns,
    ending,
    standing: standingOf(ending, state.disclosure.triggerTurn !== undefined),
    triggerTurn: state.disclosure.triggerTurn,
    releases: state.disclosure.released,
    mishearings: state.disclosure.mishearings,
    error: state.error,
  };
}
