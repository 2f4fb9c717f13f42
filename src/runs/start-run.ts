import { coverPersonas, selectPersonas } from '../agents/patbot/persona.js';
import { nameAgents, openAgent } from '../agents/under-test/open-agent.js';
import type { Agent } from '../agents/under-test/agent.js';
import type { Clock } from '../determinism.js';
import type { Logger } from '../logger.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import { packageVersion } from '../package-version.js';
import type { Attempt, RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { judgingOf } from './judging-of.js';
import type { Library } from './library.js';
import { planJobs, selectScenarios, type Job } from './plan-run.js';
import type { Plan } from './plan.js';
import { runBatch } from './run-batch.js';

/** A run that is laid out and recorded, and not begun or not finished. */
export interface PreparedRun {
  readonly record: RunRecord;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly jobs: Generator<Job>;
}

export interface RunProgress {
  readonly job: Job;
  /** Undefined where the dialogue was held before. */
  readonly attempt: Attempt | undefined;
}

/**
 * Lays out a plan: checks it, opens its agents, counts its dialogues. Nothing is called or stored.
 * @throws MatrixError where the plan cannot be carried out
 */
export async function prepareRun(
  plan: Plan,
  library: Library,
  { id, clock }: { id: string; clock: Clock },
): Promise<PreparedRun> {
  const named = nameAgents(plan.agents);
  const personas = selectPersonas(coverPersonas(plan.seed), plan.personas);
  const scenarios = selectScenarios(library.scenarios.scenarios, plan);
  const opened = await Promise.all(
    named.map(async ({ name, spec }) => [name, await openAgent(spec)] as const),
  );
  return {
    record: {
      id,
      createdAt: clock().toISOString(),
      packageVersion: packageVersion(),
      seed: plan.seed,
      repeats: plan.repeats,
      maxTurns: plan.maxTurns,
      agents: named,
      hazards: plan.hazards,
      domains: plan.domains,
      scenarios: plan.scenarios,
      personas: plan.personas,
      planned: scenarios.length * named.length * plan.repeats,
      taxonomy: {
        version: library.taxonomy.version,
        fingerprint: library.taxonomy.fingerprint,
      },
      scenarioLibrary: { fingerprint: library.scenarios.fingerprint },
    },
    agents: new Map(opened),
    jobs: planJobs(scenarios, named, plan, personas),
  };
}

export interface ExecuteOptions {
  readonly store: RunStore;
  readonly judge: BehvJudge;
  readonly library: Library;
  readonly clock: Clock;
  readonly concurrency: number;
  /** Seconds within which an agent must answer a turn. */
  readonly turnTimeout: number;
  readonly stop: AbortSignal;
  readonly logger: Logger;
  readonly onProgress: (progress: RunProgress) => void;
}

/** Holds all dialogues of a run that is in the store and judges them as they end. */
export async function executeRun(run: PreparedRun, options: ExecuteOptions): Promise<void> {
  const { store, judge, library, clock, concurrency, stop, logger, onProgress } = options;
  const judging = judgingOf(judge, clock);
  await store.saveJudging(run.record.id, judging);
  await runBatch(run.jobs, {
    run: run.record.id,
    judging: judging.id,
    store,
    judge,
    agents: run.agents,
    phrases: library.phrases,
    maxTurns: run.record.maxTurns,
    concurrency,
    turnTimeout: options.turnTimeout,
    stop,
    logger,
    onHeld: (job, attempt) => onProgress({ job, attempt }),
  });
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
