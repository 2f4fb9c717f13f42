import { nameAgents } from '../../agents/under-test/open-agent.js';
import { MatrixError } from '../../errors.js';
import { shortFingerprint } from '../../fingerprint.js';
import type { BehvJudge } from '../../judge/behv-judge.js';
import type { PromptRecord } from '../../models/prompt-file.js';
import type { Judging, RunRecord } from '../../store/run-record.js';
import type { Library } from '../library.js';
import type { Plan, PlanInput } from './plan.js';

/** The plan by which a stored run was made. */
export function planOf(record: RunRecord, free: Pick<Plan, Free>): Plan {
  const { hazards, domains, scenarios, personas, repeats, maxTurns, seed, patient } = record;
  const agents = record.agents.map(({ name, spec }) => `${name}=${spec}`);
  const { judges } = record;
  const kept = { agents, hazards, domains, scenarios, personas, repeats, maxTurns, seed, patient };
  return {
    ...kept,
    judges,
    second: record.second ?? undefined,
    policy: record.policy ?? undefined,
    agentPrompt: record.agentPrompt ?? undefined,
    concurrency: free.concurrency,
    turnTimeout: free.turnTimeout,
    tokenBudget: free.tokenBudget ?? record.tokenBudget ?? undefined,
    costBudget: free.costBudget ?? record.costBudget ?? undefined,
    prices: free.prices ?? record.prices ?? undefined,
  };
}

/** What may change when a run is resumed, since no finished transcript depends on it. */
const FREE = ['concurrency', 'turnTimeout', 'tokenBudget', 'costBudget', 'prices'] as const;
type Free = (typeof FREE)[number];

/**
 * A resumed run keeps its plan: what is stated again must be equal, except for limits.
 * @throws MatrixError naming the first field that differs
 */
export function assertSamePlan(stated: PlanInput, record: RunRecord): void {
  const original = { ...planOf(record, { concurrency: 1, turnTimeout: 1 }), agents: record.agents };
  const asked = { ...stated, agents: stated.agents && nameAgents(stated.agents) };
  for (const [field, value] of Object.entries(asked)) {
    if (value === undefined || (FREE as readonly string[]).includes(field)) continue;
    const before = original[field as keyof Plan];
    if (JSON.stringify(value) === JSON.stringify(before)) continue;
    throw new MatrixError(
      `${field} ${JSON.stringify(value)} differs from run ${record.id}, which has ${JSON.stringify(before)}`,
      { mend: 'Leave it out to go on with the run, or start a new one without --resume.' },
    );
  }
}

/** @throws MatrixError where taxonomy or scenarios are not those with which the run was begun */
export function assertSameContent(record: RunRecord, { taxonomy, scenarios }: Library): void {
  const was = record.taxonomy;
  if (was.fingerprint !== taxonomy.fingerprint) {
    throw new MatrixError(
      `run ${record.id} was made with taxonomy ${was.version} (${shortFingerprint(was.fingerprint)}), this is ${taxonomy.version} (${shortFingerprint(taxonomy.fingerprint)})`,
      { mend: 'Resume it with --taxonomy pointing to the old one, or start a new run.' },
    );
  }
  if (record.scenarioLibrary.fingerprint !== scenarios.fingerprint) {
    throw new MatrixError(`run ${record.id} was made with other scenarios`, {
      mend: 'Resume it with --scenarios pointing to the old ones, or start a new run.',
    });
  }
}

/** @throws MatrixError where a prompt is not that with which the run was begun */
export function assertSamePrompts(record: RunRecord, prompts: readonly PromptRecord[]): void {
  const changed = prompts.find(
    ({ name, fingerprint }) =>
      record.prompts.find((before) => before.name === name)?.fingerprint !== fingerprint,
  );
  if (!changed) return;
  throw new MatrixError(`run ${record.id} was made with another text of ${changed.name}`, {
    mend: 'Put the old text back, or start a new run.',
  });
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
