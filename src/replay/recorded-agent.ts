import type { Agent } from '../agents/under-test/agent.js';
import type { Attempt } from '../store/run-record.js';
import type { Turn } from '../transcript/transcript.js';
import { assertSame, ReplayDiffers } from './replay-differs.js';

/**
 * The agent of a stored dialogue: says and does again what it said and did, and what it knew of its
 * faults. Nothing is called. It holds the patient to the stored turns as it goes.
 */
export function recordedAgent(attempt: Attempt): Agent {
  const { realisedFaults: realised, unrealisedFaults: unrealised, toldItems } = attempt;
  return {
    history: 'stateless',
    ...(toldItems === undefined ? {} : { toldItems }),
    open: () => ({
      reply: (turns) => Promise.resolve().then(() => replyAt(attempt, turns)),
      faults: () => ({ realised, unrealised }),
    }),
  };
}

function replyAt({ turns: stored, ending }: Attempt, turns: readonly Turn[]): Turn {
  assertTurns(stored, turns);
  const reply = stored[turns.length];
  if (reply) return reply;
  const where = `turn ${turns.length + 1}`;
  throw new ReplayDiffers({ where, was: `none: ${ending}`, now: 'the dialogue goes on' });
}

/** @throws ReplayDiffers on the first turn that is not as it is stored */
export function assertTurns(stored: readonly Turn[], turns: readonly Turn[]): void {
  for (const [index, turn] of turns.entries()) {
    assertSame(`turn ${index + 1}`, stored[index], turn);
  }
}
