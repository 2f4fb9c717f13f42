import type { Agent, AgentUnderTest } from '../agents/under-test/agent.js';
import { placeKey } from '../calls/call.js';
import type { CallRecorder } from '../calls/call-recorder.js';
import type { Turn } from '../transcript/transcript.js';
import { assertTurns } from './recorded-agent.js';
import type { RecordedDialogue } from './recorded-dialogue.js';

/** The beginning of a recorded dialogue, said once more before another agent goes on. */
export interface KeptTurns {
  /** The agent of the record up to the turns that are kept, then this one. */
  agent(next: Agent): Agent;
  /** Answers of the record in those turns, at no cost; calls of its own after them. */
  calls(own: CallRecorder): CallRecorder;
}

/**
 * Keeps the first turns of a dialogue, 0 for none. They are executed again, so that ear, director and
 * patient stand where they stood: the patient's words must come out as they are stored.
 * @throws ReplayDiffers from the agent's reply, where they do not
 */
export function keepTurns({ attempt, calls }: RecordedDialogue, count: number): KeptTurns {
  const kept = attempt.turns.slice(0, count);
  const recorded = new Map(calls.map((call) => [placeKey(call), call]));
  let answered = 0;
  return {
    agent: (next) => ({
      ...next,
      open: (brief) => {
        const own = next.open(brief);
        let rehearsed = next.history !== 'seeded';
        return {
          reply: async (turns, signal) => {
            answered = turns.length + 2;
            assertTurns(kept, turns.slice(0, count));
            const said = kept[turns.length];
            if (said) return said;
            if (!rehearsed) await rehearse(own, kept, signal);
            rehearsed = true;
            return own.reply(turns, signal);
          },
          close: () => own.close?.(),
          ...(own.faults ? { faults: (turns) => faultsAfter(count, own.faults?.(turns)) } : {}),
        };
      },
    }),
    calls: (own) => ({
      call: (role, request, schema, make) =>
        own.call(role, request, schema, async (place) => {
          const known = answered <= count ? recorded.get(placeKey(place)) : undefined;
          if (!known) return make(place);
          return { answer: schema.parse(known.answer), usage: null };
        }),
    }),
  };
}

/** Gives an agent its state by what it hears; what it would have said is not said. */
async function rehearse(
  agent: AgentUnderTest,
  kept: readonly Turn[],
  signal: AbortSignal,
): Promise<void> {
  for (const [index, { role }] of kept.entries()) {
    if (role === 'agent') await agent.reply(kept.slice(0, index), signal);
  }
}

interface Faults {
  readonly realised: readonly { readonly failureMode: string; readonly turn: number }[];
  readonly unrealised: number;
}

/** Those that an agent would have shown in kept turns, it has not. */
function faultsAfter(count: number, faults: Faults = { realised: [], unrealised: 0 }): Faults {
  const realised = faults.realised.filter(({ turn }) => turn > count);
  const lost = faults.realised.length - realised.length;
  return { realised, unrealised: faults.unrealised + lost };
}
