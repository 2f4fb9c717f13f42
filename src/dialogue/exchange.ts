import { MatrixError, reasonOf } from '../errors.js';
import { BudgetSpent } from '../models/budget.js';
import { ModelError } from '../models/model-error.js';
import { withoutSecrets } from '../secrets.js';
import type { Ending, Turn } from '../transcript/transcript.js';
import { direct } from '../agents/patbot/director/director.js';
import type { DialogueStateType, OnTurn } from './state.js';
import { endingAfterAgent, endingAfterPatient } from './stop-rules.js';

type Update = Partial<Omit<DialogueStateType, 'cast'>>;

/** The node of the graph: the agent speaks, then the patient answers. Errors end the dialogue by name. */
export async function exchange(state: DialogueStateType): Promise<Update> {
  if (!state.cast.withinBudget()) return { ending: 'budget' };
  const spoken = await inTurn('agent', state, agentSpeaks);
  if (spoken.ending !== undefined) return spoken;
  return { ...spoken, ...(await inTurn('patient', { ...state, ...spoken }, patientAnswers)) };
}

type Speak = (state: DialogueStateType) => Promise<Update>;

function inTurn(speaker: Turn['role'], state: DialogueStateType, speak: Speak): Promise<Update> {
  const { onTurn } = state.cast;
  return onTurn ? watchTurn(onTurn(state.turns.length + 1, speaker), state, speak) : speak(state);
}

async function watchTurn(
  ended: ReturnType<OnTurn>,
  state: DialogueStateType,
  speak: Speak,
): Promise<Update> {
  let update: Update = {};
  try {
    return (update = await speak(state));
  } finally {
    ended({ turn: update.turns?.at(-1), ending: update.ending });
  }
}

async function agentSpeaks({ cast, turns }: DialogueStateType): Promise<Update> {
  try {
    const { text, actions, fault } = await cast.agent.reply(turns, cast.signal);
    const turn: Turn = {
      role: 'agent',
      text,
      ...(actions?.length ? { actions: [...actions] } : {}),
      ...(fault ? { fault } : {}),
    };
    const next = [...turns, turn];
    return { turns: next, ending: endingAfterAgent(actions, next, cast.maxTurns) };
  } catch (error) {
    return broken('agent-error', error, cast.signal);
  }
}

async function patientAnswers({ cast, turns, disclosure }: DialogueStateType): Promise<Update> {
  const [last, before] = [turns.at(-1), turns.at(-2)];
  if (last === undefined) return {};
  try {
    const heard = await cast.ear.hear(last, { said: before?.text }, cast.signal);
    const { text: agentText, actions = [] } = last;
    const moment = { heard, agentText, actions, turn: turns.length + 1 };
    const directed = direct(cast.script, disclosure, moment);
    const text = await cast.patient.speak(directed.direction, turns, cast.signal);
    if (text === undefined) return { ending: 'patient-left' };
    const next = [...turns, { role: 'patient' as const, text }];
    return {
      turns: next,
      disclosure: directed.disclosure,
      ending: endingAfterPatient(directed.direction, next, cast.maxTurns),
    };
  } catch (error) {
    const ending = error instanceof ModelError ? 'patient-outage' : 'patient-error';
    return broken(ending, error, cast.signal);
  }
}

/**
 * What the user must mend stops more than this dialogue, as does who cancels it; a spent budget is
 * nobody's fault.
 */
function broken(ending: Ending, error: unknown, signal: AbortSignal): Update {
  signal.throwIfAborted();
  if (error instanceof MatrixError) throw error;
  if (error instanceof BudgetSpent) return { ending: 'budget', error: error.message };
  return { ending, error: withoutSecrets(reasonOf(error)) };
}
