import type { BehvJudge } from '../../judge/behv-judge.js';
import { familyOfSpec } from '../../models/family.js';
import type { RunRecord } from '../../store/run-record.js';

/** Upper bounds of what a run calls; dialogues mostly end before their limit of turns. */
export interface CallEstimate {
  readonly agentCalls: number;
  /** What the patient hears and says in each turn, and a review of each dialogue; 0 by rules. */
  readonly patientCalls: number;
  /** One call a dialogue for each juror that is a model, and for the policy; more where one is asked again. */
  readonly judgeCalls: number;
}

export function estimateCalls(
  { planned, plan: { maxTurns, patient, ear = patient } }: Pick<RunRecord, 'planned' | 'plan'>,
  judge: Pick<BehvJudge, 'jurors' | 'policy'> | undefined,
): CallEstimate {
  const { jurors, policy } = judge ?? { jurors: [], policy: null };
  const models = jurors.filter((juror) => familyOfSpec(juror) !== undefined).length;
  const turns = Math.ceil(maxTurns / 2);
  const patientTurns = Math.floor(maxTurns / 2);
  const heard = familyOfSpec(ear) === undefined ? 0 : patientTurns;
  const spoken = patient === 'offline' ? 0 : patientTurns + 1;
  return {
    agentCalls: planned * turns,
    patientCalls: planned * (heard + spoken),
    judgeCalls: planned * (models + (policy === null ? 0 : 1)),
  };
}
