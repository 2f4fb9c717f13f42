import type { Agent } from '../agents/under-test/agent.js';
import { MatrixError } from '../errors.js';
import { Undo } from './person.js';

/**
 * An agent whose failures end the dialogue and nothing else, so that the turns before them are kept.
 * @param onFailure is told what the person can mend, as a refused key
 */
export function outlivingAgent(agent: Agent, onFailure: (error: MatrixError) => void): Agent {
  return {
    ...agent,
    open: (brief) => {
      const underTest = agent.open(brief);
      return {
        reply: async (turns, signal) => {
          try {
            return await underTest.reply(turns, signal);
          } catch (error) {
            signal.throwIfAborted();
            if (!(error instanceof MatrixError) || error instanceof Undo) throw error;
            onFailure(error);
            // A MatrixError would go past the dialogue, and its turns be lost.
            throw new Error(error.message, { cause: error });
          }
        },
        close: () => underTest.close?.(),
        faults: (turns) => underTest.faults?.(turns) ?? { realised: [], unrealised: 0 },
      };
    },
  };
}
