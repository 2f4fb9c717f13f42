import { hear } from '../agents/patbot/hearing.js';
import type { Turn } from '../transcript/transcript.js';
import { direct } from './director.js';
import type { DialogueStateType } from './state.js';
import { endingAfterAgent, endingAfterPatient } from './stop-rules.js';

type Update = Partial<Omit<DialogueStateType, 'cast'>>;

/** The node of the graph: the agent speaks, then the patient answers. Errors end the dialogue by name. */
export async function exchange(state: DialogueStateType): Promise<Update> {
  if (!state.cast.withinBudget()) return { ending: 'budget' };
  const spoken = await agentSpeaks(state);
  if (spoken.ending !== undefined) return spoken;
  return { ...spoken, ...(await patientAnswers({ ...state, ...spoken })) };
}

async function agentSpeaks({ cast, turns }: DialogueStateType): Promise<Update> {
  try {
    const { text, actions } = await inTime(cast.agent.reply(turns, cast.signal), cast.turnTimeout);
    const turn: Turn = actions?.length
      ? { role: 'agent', text, actions: [...actions] }
      : { role: 'agent', text };
    const next = [...turns, turn];
    return { turns: next, ending: endingAfterAgent(actions, next, cast.maxTurns) };
  } catch (error) {
    return { ending: 'agent-error', error: describe(error) };
  }
}

async function patientAnswers({ cast, turns, disclosure }: DialogueStateType): Promise<Update> {
  const agentText = turns.at(-1)?.text ?? '';
  const heard = hear(agentText, cast.hearing);
  const directed = direct(cast.script, disclosure, { heard, agentText, turn: turns.length + 1 });
  try {
    const text = await cast.patient.speak(directed.direction, turns, cast.signal);
    const next = [...turns, { role: 'patient' as const, text }];
    return {
      turns: next,
      disclosure: directed.disclosure,
      ending: endingAfterPatient(directed.direction, next, cast.maxTurns),
    };
  } catch (error) {
    return { ending: 'patient-error', error: describe(error) };
  }
}

/** The answer, or an error once the time is over; the timer keeps a process alive that waits. */
async function inTime<T>(answer: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${milliseconds / 1000} s`)),
      milliseconds,
    );
  });
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
