import type { Turn } from '../../transcript/transcript.js';
import type { Agent } from './agent.js';
import { agentReplySchema, parseReply } from './agent-reply.js';
import { taskOf } from './agent-task.js';
import { inTime } from '../../models/in-time.js';
import { startLineProcess, type LineProcess } from './line-process.js';

/**
 * A program of one's own as the agent: one process for each dialogue. Each turn it reads a line
 * `{ turns, call }` and answers with one, a JSON string or `{ text, actions?, end? }`.
 * @param turnTimeout seconds for one answer
 */
export function commandAgent(command: string, turnTimeout: number): Agent {
  return {
    history: 'session',
    open: ({ scenario, calls }) => {
      const call = taskOf(scenario);
      let process: LineProcess | undefined;
      const ask = async (turns: readonly Turn[]) => {
        process ??= startLineProcess(command);
        return parseLine(await process.ask(JSON.stringify({ turns, call })));
      };
      return {
        reply: (turns, signal) =>
          calls.call({ role: 'agent' }, { command, turns, call }, agentReplySchema, async () => ({
            answer: parseReply(await inTime(turnTimeout * 1000, signal, () => ask(turns))),
          })),
        close: () => process?.close(),
      };
    },
  };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Error(
      "the agent's process wrote a line that is not JSON (stdout is for replies, stderr for the rest)",
      { cause },
    );
  }
}
