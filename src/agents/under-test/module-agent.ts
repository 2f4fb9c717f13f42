import { randomUUID } from 'node:crypto';
import type { Turn } from '../../transcript/transcript.js';
import type { Agent } from './agent.js';
import { agentReplySchema, parseReply } from './agent-reply.js';
import { taskOf, type AgentTask } from './agent-task.js';
import { inTime } from '../../models/in-time.js';

/** What a module's function is told of the call beside its turns. */
export interface ModuleCall extends AgentTask {
  /** An id that no other dialogue has, for a function that keeps state of its own. */
  readonly session: string;
  /** Aborts once the answer is too late. */
  readonly signal: AbortSignal;
}

/** What `module:` files export by default: turns so far in, the next words out. */
export type AgentFunction = (turns: readonly Turn[], call: ModuleCall) => unknown;

export interface FunctionAgentOptions {
  /** `session` where the function keeps state of its own between turns. */
  readonly history?: Agent['history'];
  /** Seconds for one answer. */
  readonly turnTimeout?: number;
}

/** Wraps a function as an agent; its answers are checked at each turn. */
export function functionAgent(
  answer: AgentFunction,
  { history = 'stateless', turnTimeout = 120 }: FunctionAgentOptions = {},
): Agent {
  return {
    history,
    open: ({ scenario, calls }) => {
      const task = taskOf(scenario);
      const session = randomUUID();
      const ask = (turns: readonly Turn[], signal: AbortSignal) => {
        // Its own at each turn: what the function does to them, nobody else sees.
        const given = structuredClone({ turns, task });
        return answer(given.turns, { ...given.task, session, signal });
      };
      return {
        reply: (turns, signal) =>
          calls.call({ role: 'agent' }, { turns, call: task }, agentReplySchema, async () => ({
            answer: parseReply(
              await inTime(turnTimeout * 1000, signal, (limit) => ask(turns, limit)),
            ),
          })),
      };
    },
  };
}
