import { coverPersonas, selectPersonas } from '../../agents/patbot/persona.js';
import { openPatient, type PatientKind } from '../../agents/patbot/open-patient.js';
import { nameAgents, openAgent } from '../../agents/under-test/open-agent.js';
import type { Agent } from '../../agents/under-test/agent.js';
import type { Clock } from '../../determinism.js';
import { MatrixError } from '../../errors.js';
import type { Logger } from '../../logger.js';
import type { BehvJudge } from '../../judge/behv-judge.js';
import type { Budget } from '../../models/budget.js';
import { promptRecord, type PromptRecord } from '../../models/prompt-file.js';
import type { Attempt, RunRecord } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import { openJudging } from '../judging/judging-of.js';
import type { Library } from '../library.js';
import { newRecord } from '../planning/new-record.js';
import { openJury } from '../../judge/jury/open-jury.js';
import { planJobs, selectScenarios, type Job } from '../planning/plan-run.js';
import type { Plan } from '../planning/plan.js';
import { inParallel } from '../in-parallel.js';
import { judgeDialogue, type JudgingUnderWay } from '../judging/judge-dialogue.js';
import { judgedDialogueOf } from '../judging/judging-source.js';
import { holdJob, type HoldingOptions } from './hold-job.js';
import type { RunModels } from './run-models.js';

/** A run that is laid out and recorded, and not begun or not finished. */
export interface PreparedRun {
  readonly record: RunRecord;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly patient: PatientKind;
  /** Undefined where the run is left unjudged. */
  readonly judge: BehvJudge | undefined;
  readonly budget: Budget;
  readonly jobs: Generator<Job>;
}

export interface RunProgress {
  readonly job: Job;
  /** Undefined where the dialogue was held before. */
  readonly attempt: Attempt | undefined;
}

export interface RunContext extends RunModels {
  readonly id: string;
  readonly clock: Clock;
}

/**
 * Lays out a plan: checks it, opens its agents, counts its dialogues. Nothing is called or stored.
 * @throws MatrixError where the plan cannot be carried out
 */
export async function prepareRun(
  plan: Plan,
  library: Library,
  { id, clock, models, budget }: RunContext,
): Promise<PreparedRun> {
  const named = nameAgents(plan.agents);
  const personas = selectPersonas(coverPersonas(plan.seed), plan.personas);
  const scenarios = selectScenarios(library.scenarios.scenarios, plan);
  const { turnTimeout, agentPrompt: promptFile } = plan;
  const opened = await Promise.all(
    named.map(
      async ({ name, spec }) =>
        [name, await openAgent(spec, { models, promptFile, turnTimeout })] as const,
    ),
  );
  assertPromptIsUsed(
    promptFile,
    opened.map(([, agent]) => agent),
  );
  const patient = await openPatient(plan.patient, models);
  const judge = isJudged(plan) ? await openJury(plan, library.taxonomy, models) : undefined;
  return {
    record: newRecord(
      {
        id,
        seed: plan.seed,
        repeats: plan.repeats,
        maxTurns: plan.maxTurns,
        agents: named,
        hazards: plan.hazards,
        domains: plan.domains,
        scenarios: plan.scenarios,
        personas: plan.personas,
        patient: plan.patient,
        tokenBudget: plan.tokenBudget ?? null,
        costBudget: plan.costBudget ?? null,
        prices: plan.prices ?? null,
        judges: plan.judges,
        second: plan.second ?? null,
        policy: plan.policy ?? null,
        agentPrompt: plan.agentPrompt ?? null,
        prompts: promptsOf(
          opened.map(([, agent]) => agent),
          patient,
        ),
        planned: scenarios.length * named.length * plan.repeats,
      },
      library,
      clock,
    ),
    agents: new Map(opened),
    patient,
    judge,
    budget,
    jobs: planJobs(scenarios, named, plan, personas),
  };
}

/** @throws MatrixError where somebody is named who would be heard beside jurors, and there are none */
function isJudged({ judges, second, policy }: Plan): boolean {
  if (judges.length > 0) return true;
  if (second === undefined && policy === undefined) return false;
  throw new MatrixError('a second juror or a policy goes with jurors, and this run has none', {
    mend: 'Name them when it is judged: matrix-sim judge run, or leave --no-judge out.',
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
function promptsOf(agents: readonly Agent[], { prompts }: PatientKind): PromptRecord[] {
  const all = [...agents.flatMap(({ prompt }) => prompt ?? []), ...prompts].map(promptRecord);
  return [...new Map(all.map((prompt) => [prompt.fingerprint, prompt])).values()];
}

export interface ExecuteOptions {
  readonly store: RunStore;
  readonly library: Library;
  readonly clock: Clock;
  readonly concurrency: number;
  /** Once aborted no further dialogue is begun; those in flight are finished and stored. */
  readonly stop: AbortSignal;
  /** Ends calls in flight with its reason; what they were answered before is kept. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  readonly onProgress: (progress: RunProgress) => void;
}

/**
 * Holds all dialogues of a run that is in the store, and has each judged as it ends, unless the run is
 * left unjudged.
 * @throws MatrixError where all further calls would fail; those in flight are ended
 */
export async function executeRun(run: PreparedRun, options: ExecuteOptions): Promise<void> {
  const { store, library, clock, stop, onProgress } = options;
  const { judge, budget, record } = run;
  const judging = judge && (await openJudging(store, record.id, judge, clock));
  const all = { ...run, ...options, run: record.id, phrases: library.phrases };
  const work = async (job: Job, signal: AbortSignal) => {
    const holding = { ...all, maxTurns: record.maxTurns, signal };
    const attempt = await holdAndJudge(
      job,
      holding,
      judge && judging && { ...holding, judge, judging },
    );
    onProgress({ job, attempt });
  };
  const mayGoOn = () => !stop.aborted && !budget.isSpent();
  await inParallel(run.jobs, work, { ...options, mayGoOn });
}

async function holdAndJudge(
  job: Job,
  holding: HoldingOptions,
  judging: JudgingUnderWay | undefined,
): Promise<Attempt | undefined> {
  const { key, scenario } = job;
  const before = await holding.store.dialogue(holding.run, key, judging?.judging.id);
  const held = await holdJob(job, before, holding);
  const attempt = held ?? before?.attempt;
  if (judging && attempt && (held || !before?.verdicts)) {
    await judgeDialogue({ key, dialogueFor: () => judgedDialogueOf(attempt, scenario) }, judging);
  }
  return held;
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
