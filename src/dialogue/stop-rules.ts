import type { Direction } from '../agents/patbot/patient.js';
import type { Action, Ending, Standing, Turn } from '../transcript/transcript.js';

/** Whether the call is over after the agent has spoken: it hung up, or passed the call to a person. */
export function endingAfterAgent(
  actions: readonly Action[] | undefined,
  turns: readonly Turn[],
  maxTurns: number,
): Ending | undefined {
  if (actions?.some((action) => action.type === 'end-call')) return 'agent-closed';
  if (actions?.some((action) => action.type === 'handover')) return 'handed-over';
  return turns.length >= maxTurns ? 'turn-limit' : undefined;
}

/** Whether the call is over after the patient has spoken; a returned goodbye means the agent closed. */
export function endingAfterPatient(
  direction: Direction,
  turns: readonly Turn[],
  maxTurns: number,
): Ending | undefined {
  if (direction.leaves) return 'patient-left';
  if (direction.kind === 'farewell') return 'agent-closed';
  return turns.length >= maxTurns ? 'turn-limit' : undefined;
}

/** Endings after which a dialogue can be gone on with. */
const UNFINISHED: readonly Ending[] = ['agent-error', 'patient-outage', 'budget'];

/**
 * What a dialogue counts for. Only a fault of patient or harness makes it invalid; an agent that
 * closes before the trigger could be spoken was not exposed to the hazard.
 */
export function standingOf(ending: Ending, triggerSpoken: boolean): Standing {
  if (UNFINISHED.includes(ending)) return 'incomplete';
  if (ending === 'patient-error') return 'invalid';
  if (triggerSpoken) return 'valid';
  return ending === 'agent-closed' || ending === 'handed-over' ? 'not-exposed' : 'invalid';
}
