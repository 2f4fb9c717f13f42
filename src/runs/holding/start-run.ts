import { coverPersonas, selectPersonas } from '../../agents/patbot/persona.js';
import type { EarKind } from '../../agents/patbot/ear/ear.js';
import { openEar } from '../../agents/patbot/ear/open-ear.js';
import { openPatient, type PatientKind } from '../../agents/patbot/open-patient.js';
import { nameAgents, openAgent } from '../../agents/under-test/open-agent.js';
import type { Agent } from '../../agents/under-test/agent.js';
import type { Clock } from '../../determinism.js';
import { MatrixError } from '../../errors.js';
import type { BehvJudge } from '../../judge/behv-judge.js';
import type { Budget } from '../../models/budget.js';
import { promptRecord, type PromptRecord } from '../../models/prompt-file.js';
import type { RunRecord } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import type { Library } from '../library.js';
import { contentsOf } from '../planning/contents.js';
import { newRecord } from '../planning/new-record.js';
import { openJury } from '../../judge/jury/open-jury.js';
import { assertReferenceAgents } from '../recorded/reference-agents-only.js';
import { planJobs, selectScenarios, type Job } from '../planning/plan-run.js';
import { planSampling } from '../planning/plan-sampling.js';
import type { Simulate } from './hold-job.js';
import type { Plan } from '../../plan/plan.js';
import type { RunModels } from './run-models.js';

/** A run that is laid out and recorded, and not begun or not finished. */
export interface PreparedRun {
  readonly record: RunRecord;
  readonly library: Library;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly patient: PatientKind;
  readonly ear: EarKind;
  /** Undefined where the run is left unjudged. */
  readonly judge: BehvJudge | undefined;
  readonly budget: Budget;
  readonly jobs: Iterable<Job>;
  /** How a dialogue is held, where it is not as its job alone says. */
  readonly simulate?: Simulate | undefined;
}

export interface RunContext extends RunModels {
  readonly id: string;
  readonly clock: Clock;
  /** Agents made in code, by the spec that a plan names them by. */
  readonly agents?: Readonly<Record<string, Agent>> | undefined;
}

/**
 * Lays out a plan: checks it, opens its agents, counts its dialogues. Nothing is called or stored.
 * @throws MatrixError where the plan cannot be carried out
 */
export async function prepareRun(
  plan: Plan,
  library: Library,
  { id, clock, models, budget, agents: made = {} }: RunContext,
): Promise<PreparedRun> {
  const named = nameAgents(plan.agents);
  assertReferenceAgents(plan, named);
  const personas = selectPersonas(coverPersonas(plan.seed), plan.personas);
  const scenarios = selectScenarios(library.scenarios.scenarios, plan);
  const { turnTimeout, agentPrompt: promptFile } = plan;
  const opened = await Promise.all(
    named.map(
      async ({ name, spec }) =>
        [name, made[spec] ?? (await openAgent(spec, { models, promptFile, turnTimeout }))] as const,
    ),
  );
  const agents = opened.map(([, agent]) => agent);
  assertPromptIsUsed(promptFile, agents);
  const patient = await openPatient(plan.patient, models);
  const ear = await openEar(plan.ear ?? plan.patient, models);
  const sampling = planSampling(plan, scenarios, library.taxonomy);
  const judge = isJudged(plan) ? await openJury(plan, library.taxonomy, models) : undefined;
  return {
    record: newRecord(
      {
        id,
        plan,
        agents: named,
        planned: scenarios.length * named.length * plan.repeats,
        contents: contentsOf(library, promptsOf(agents, [patient, ear])),
        ...(sampling && { sampling }),
      },
      clock,
    ),
    library,
    agents: new Map(opened),
    patient,
    ear,
    judge,
    budget,
    jobs: planJobs(scenarios, named, plan, personas),
  };
}

/** @throws MatrixError where a plan without jurors asks for what hangs on verdicts */
function isJudged({ judges, second, policy, failOn }: Plan): boolean {
  if (judges.length > 0) return true;
  if (second === undefined && policy === undefined && failOn.length === 0) return false;
  throw new MatrixError('a second juror, a policy or gates need jurors, and this run has none', {
    mend: 'Leave --no-judge out, or name them when it is judged: matrix-sim judge run.',
  });
}

/** @throws MatrixError where a prompt was given and no agent speaks by it */
function assertPromptIsUsed(file: string | undefined, agents: readonly Agent[]): void {
  if (file === undefined || agents.some(({ prompt }) => prompt)) return;
  throw new MatrixError(`no agent speaks by the prompt ${file}`, {
    mend: 'Leave --agent-prompt out, or name an agent that is a model.',
  });
}

/** Each prompt once, however many agents speak by it. */
function promptsOf(
  agents: readonly Agent[],
  simulators: readonly (PatientKind | EarKind)[],
): PromptRecord[] {
  const all = [
    ...agents.flatMap(({ prompt }) => prompt ?? []),
    ...simulators.flatMap(({ prompts }) => prompts),
  ].map(promptRecord);
  return [...new Map(all.map((prompt) => [prompt.fingerprint, prompt])).values()];
}

/** The first free id of the day: r-2026-11-24-1, -2, … */
export async function nextRunId(store: RunStore, clock: Clock): Promise<string> {
  const day = clock().toISOString().slice(0, 10);
  const taken = new Set((await store.runs()).map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = `r-${day}-${number}`;
    if (!taken.has(id)) return id;
  }
}
