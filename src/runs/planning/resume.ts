import { nameAgents } from '../../agents/under-test/open-agent.js';
import { MatrixError } from '../../errors.js';
import { shortFingerprint } from '../../fingerprint.js';
import type { BehvJudge } from '../../judge/behv-judge.js';
import { decidesResults, planSchema, type Plan, type PlanInput } from '../../plan/plan.js';
import type { Judging, RunRecord } from '../../store/run-record.js';

/**
 * The plan of a run that goes on: its own, and what is stated of the fields on which no result hangs.
 * @throws MatrixError naming the first field that would change results
 */
export function resumedPlan(stated: PlanInput, { id, plan, agents }: RunRecord): Plan {
  for (const [field, value] of Object.entries(stated)) {
    if (!decidesResults(field)) continue;
    const [now, before] =
      field === 'agents'
        ? [nameAgents(stated.agents ?? []), agents]
        : [value, plan[field as keyof Plan]];
    if (JSON.stringify(now) === JSON.stringify(before)) continue;
    throw new MatrixError(
      `${field} ${JSON.stringify(now)} differs from run ${id}, which has ${JSON.stringify(before)}`,
      { mend: 'Leave it out to go on with the run, or start a new one without --resume.' },
    );
  }
  return planSchema.parse({ ...plan, ...stated, agents: plan.agents });
}

/** @throws MatrixError where the run was judged by another judge: its rates would mix two */
export function assertSameJudge(
  id: string,
  judgings: readonly Judging[],
  judge: Pick<BehvJudge, 'fingerprint'>,
): void {
  const last = judgings.at(-1);
  if (!last || judgings.some((each) => each.judgeFingerprint === judge.fingerprint)) return;
  throw new MatrixError(
    `run ${id} was judged by another judge (${shortFingerprint(last.judgeFingerprint)}), this is ${shortFingerprint(judge.fingerprint)}`,
    { mend: 'Resume it with the version that began it, or start a new run.' },
  );
}
