import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Turn } from '../../transcript/transcript.js';
import type { Agent } from './agent.js';
import type { AgentFunction } from './module-agent.js';

/** As much of a LangChain runnable or a LangGraph graph as is needed. */
export interface Runnable {
  invoke(input: unknown, config: unknown): Promise<unknown>;
}

interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** Many models refuse a conversation that is empty or that they begin themselves. */
const CALL_CONNECTS: Message = { role: 'user', content: '(The call connects.)' };

export function isRunnable(value: unknown): value is Runnable {
  return (
    typeof value === 'object' &&
    value !== null &&
    'invoke' in value &&
    typeof value.invoke === 'function'
  );
}

/**
 * Speaks through a runnable. A graph is given `{ messages }`, anything else the list of messages;
 * with `session` only the patient's latest words, on the dialogue's own thread.
 */
export function runnableFunction(runnable: Runnable, history: Agent['history']): AgentFunction {
  const keepsState = history === 'session';
  return async (turns, { session, signal, ...task }) => {
    const messages =
      keepsState && turns.length > 0
        ? turns.slice(-1).map(messageOf)
        : [CALL_CONNECTS, ...turns.map(messageOf)];
    const thread = keepsState ? session : randomUUID();
    const answer = await runnable.invoke(isGraph(runnable) ? { messages } : messages, {
      signal,
      configurable: { thread_id: thread, ...task },
    });
    return spokenIn(answer);
  };
}

/** Compiled graphs have a `streamMode`, agents made by `createAgent` a `graph`. */
function isGraph(runnable: Runnable): boolean {
  return 'streamMode' in runnable || 'graph' in runnable;
}

function messageOf({ role, text }: Turn): Message {
  return { role: role === 'agent' ? 'assistant' : 'user', content: text };
}

const contentSchema = z.union([
  z.string(),
  z
    .array(z.object({ type: z.string(), text: z.string().optional() }))
    .transform((blocks) =>
      blocks.flatMap(({ type, text }) => (type === 'text' ? text : [])).join(''),
    ),
]);
const messageSchema = z.object({ content: contentSchema });
const stateSchema = z.object({
  messages: z.array(z.unknown()).min(1),
  actions: z.unknown().optional(),
  end: z.unknown().optional(),
});

/** The words in a message or in the last message of a state; other answers stay as they are. */
function spokenIn(answer: unknown): unknown {
  const message = messageSchema.safeParse(answer);
  if (message.success) return message.data.content;
  const state = stateSchema.safeParse(answer);
  if (!state.success) return answer;
  const { messages, actions, end } = state.data;
  return { text: spokenIn(messages.at(-1)), actions, end };
}
