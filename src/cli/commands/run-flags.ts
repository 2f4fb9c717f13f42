import type { PlanInput } from '../../runs/planning/plan.js';

/** The flags of `run`, as commander reads them. */
export interface RunFlags {
  readonly agent?: string[];
  readonly hazard?: string[];
  readonly domain?: string[];
  readonly scenario?: string[];
  readonly persona?: string[];
  readonly repeats?: number;
  readonly maxTurns?: number;
  readonly seed?: number;
  readonly concurrency?: number;
  readonly turnTimeout?: number;
  readonly patient?: string;
  /** False with `--no-judge`. */
  readonly judge?: string[] | false;
  readonly second?: string;
  readonly policy?: string;
  readonly agentPrompt?: string;
  readonly tokenBudget?: number;
  readonly costBudget?: number;
  readonly prices?: string;
  readonly trace?: boolean;
  readonly store: string;
  readonly runId?: string;
  readonly resume?: string;
  readonly taxonomy?: string;
  readonly scenarios?: string;
  readonly dryRun?: boolean;
  readonly failOn?: string[];
  readonly log?: string;
  readonly json?: boolean;
}

/** The part of a plan that the command line states. */
export function statedFlags(flags: RunFlags): PlanInput {
  const plan = {
    agents: flags.agent,
    hazards: flags.hazard,
    domains: flags.domain,
    scenarios: flags.scenario,
    personas: flags.persona,
    repeats: flags.repeats,
    maxTurns: flags.maxTurns,
    seed: flags.seed,
    concurrency: flags.concurrency,
    turnTimeout: flags.turnTimeout,
    patient: flags.patient,
    judges: flags.judge === false ? [] : flags.judge,
    second: flags.second,
    policy: flags.policy,
    agentPrompt: flags.agentPrompt,
    tokenBudget: flags.tokenBudget,
    costBudget: flags.costBudget,
    prices: flags.prices,
  };
  return Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined));
}
