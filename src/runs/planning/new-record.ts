import type { NamedSpec } from '../../agents/under-test/open-agent.js';
import type { Clock } from '../../determinism.js';
import { packageVersion } from '../../package-version.js';
import type { Plan } from '../../plan/plan.js';
import type { Content, RunRecord, Sampling } from '../../store/run-record.js';

/** A run that begins now. */
export interface NewRun {
  readonly id: string;
  readonly plan: Plan;
  readonly agents: readonly NamedSpec[];
  readonly planned: number;
  readonly contents: readonly Content[];
  readonly sampling?: Sampling;
}

export function newRecord(run: NewRun, clock: Clock): RunRecord {
  return {
    ...run,
    agents: [...run.agents],
    contents: [...run.contents],
    createdAt: clock().toISOString(),
    packageVersion: packageVersion(),
  };
}
