import type { Agent } from '../../agents/under-test/agent.js';
import type { Clock } from '../../determinism.js';
import { MatrixError } from '../../errors.js';
import type { Logger } from '../../logger.js';
import type { Plan, PlanInput } from '../../plan/plan.js';
import type { RunStore } from '../../store/run-store.js';
import type { Sharing } from '../../store/sharing.js';
import type { Observer } from '../../telemetry/observer.js';
import { ownUsage } from '../judging/judging-of.js';
import { loadLibrary, type Library } from '../library.js';
import { assertSameContents } from '../planning/contents.js';
import { assertSameJudge, resumedPlan } from '../planning/resume.js';
import { openRunModels } from './run-models.js';
import { nextRunId, prepareRun, type PreparedRun } from './start-run.js';

export interface Beginning {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Agents made in code, by the spec that a plan names them by. */
  readonly agents?: Readonly<Record<string, Agent>> | undefined;
  readonly observer?: Observer | undefined;
  /** Where other processes work on the run too. */
  readonly sharing?: Sharing | undefined;
}

/**
 * Lays out a plan and opens what it needs; nothing is called or stored.
 * @throws MatrixError where the plan cannot be carried out
 */
export function layOutRun(
  plan: Plan,
  library: Library,
  id: string,
  { clock, logger, agents, observer }: Beginning,
): Promise<PreparedRun> {
  const models = openRunModels(plan, logger, { observer });
  return prepareRun(plan, library, { id, clock, agents, ...models });
}

/**
 * Lays out a plan and puts its record into the store.
 * @param id the first free one of the day unless given
 * @throws MatrixError where the plan cannot be carried out, or the id is taken
 */
export async function beginRun(
  store: RunStore,
  plan: Plan,
  { id, ...beginning }: Beginning & { readonly id?: string | undefined },
): Promise<PreparedRun> {
  const known = id ?? (await nextRunId(store, beginning.clock));
  const prepared = await layOutRun(plan, loadLibrary(plan), known, beginning);
  await store.createRun(prepared.record);
  return prepared;
}

function isReplay(id: string): MatrixError {
  return new MatrixError(`run ${id} replays dialogues of another, which its plan does not tell`, {
    mend: `Go on with: matrix-sim replay scenario --resume ${id}`,
  });
}

/**
 * Lays out what is left of a stored run.
 * @param stated fields of a plan that are given anew; those that decide results must be as they were
 * @throws MatrixError where there is no such run, or what decides its results has changed
 */
export async function resumeRun(
  store: RunStore,
  id: string,
  stated: PlanInput,
  { clock, logger, agents, observer, sharing }: Beginning,
): Promise<PreparedRun> {
  const record = await store.run(id);
  if (!record) {
    throw new MatrixError(`there is no run ${id} in the store`, { mend: 'See: matrix-sim runs' });
  }
  if (record.source) throw isReplay(id);
  const plan = resumedPlan(stated, record);
  const models = openRunModels(plan, logger, { observer, sharedLimit: sharing?.sharedLimit });
  const prepared = await prepareRun(plan, loadLibrary(plan), { id, clock, agents, ...models });
  assertSameContents(record, prepared.record.contents);
  if (prepared.judge) assertSameJudge(id, await store.judgings(id), prepared.judge);
  const before = ownUsage(await store.usage(id), prepared.judge);
  if (sharing) await sharing.shareBudget(prepared.budget, before);
  else prepared.budget.spendAgain(before);
  return { ...prepared, record: { ...record, plan } };
}
