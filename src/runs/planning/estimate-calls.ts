import type { BehvJudge } from '../../judge/behv-judge.js';
import { familyOfSpec } from '../../models/family.js';
import type { RunRecord } from '../../store/run-record.js';

/** Upper bounds of what a run calls; dialogues mostly end before their limit of turns. */
export interface CallEstimate {
  readonly agentCalls: number;
  /** Turns of the patient, and a review of each dialogue; 0 for the rule-based patient. */
  readonly patientCalls: number;
  /** One call a dialogue for each juror that is a model, and for the policy; more where one is asked again. */
  readonly judgeCalls: number;
}

export function estimateCalls(
  { planned, plan: { maxTurns, patient } }: Pick<RunRecord, 'planned' | 'plan'>,
  judge: Pick<BehvJudge, 'jurors' | 'policy'> | undefined,
): CallEstimate {
  const { jurors, policy } = judge ?? { jurors: [], policy: null };
  const models = jurors.filter((juror) => familyOfSpec(juror) !== undefined).length;
  const turns = Math.ceil(maxTurns / 2);
  return {
    agentCalls: planned * turns,
    patientCalls: patient === 'offline' ? 0 : planned * (Math.floor(maxTurns / 2) + 1),
    judgeCalls: planned * (models + (policy === null ? 0 : 1)),
  };
}
