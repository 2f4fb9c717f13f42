import type { RunRecord } from '../store/run-record.js';

/** Upper bounds of what a run calls; dialogues mostly end before their limit of turns. */
export interface CallEstimate {
  readonly agentCalls: number;
  /** Turns of the patient, and a review of each dialogue; 0 for the rule-based patient. */
  readonly patientCalls: number;
  /** One call a juror and dialogue, where no verdict must be asked again. */
  readonly judgeCalls: number;
}

export function estimateCalls({
  planned,
  maxTurns,
  patient,
  judges,
  second,
}: RunRecord): CallEstimate {
  const turns = Math.ceil(maxTurns / 2);
  return {
    agentCalls: planned * turns,
    patientCalls: patient === 'offline' ? 0 : planned * (Math.floor(maxTurns / 2) + 1),
    judgeCalls:
      planned * [...judges, second].filter((spec) => spec && spec !== 'deterministic').length,
  };
}
