import { createCallRecorder } from '../../calls/call-recorder.js';
import { journalRecording, type Recording } from '../../calls/recording.js';
import type { EarKind } from '../../agents/patbot/ear/ear.js';
import type { PatientKind } from '../../agents/patbot/open-patient.js';
import type { PatientPhrases } from '../../agents/patbot/phrases.js';
import type { Agent } from '../../agents/under-test/agent.js';
import type { Logger } from '../../logger.js';
import type { Budget } from '../../models/budget.js';
import type { RunStore } from '../../store/run-store.js';
import type { Attempt, StoredDialogue } from '../../store/run-record.js';
import { UNOBSERVED_RUN, watched, type RunObservation } from '../../telemetry/observer.js';
import type { Job } from '../planning/plan-run.js';
import { simulate, type SimulationOptions } from './run-scenario.js';

/** How one try at a dialogue is made. */
export type Simulate = (job: Job, agent: Agent, options: SimulationOptions) => Promise<Attempt>;

export const simulateJob: Simulate = ({ scenario, casting }, agent, options) =>
  simulate(scenario, agent, casting, options);

/** What every dialogue of a run is held with. */
export interface HoldingOptions {
  readonly run: string;
  readonly store: RunStore;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly patient: PatientKind;
  readonly ear: EarKind;
  readonly phrases: PatientPhrases;
  readonly budget: Budget;
  readonly maxTurns: number;
  readonly logger: Logger;
  /** As the job says unless given. */
  readonly simulate?: Simulate | undefined;
  /** Ends calls in flight with its reason; what they were answered before is kept. */
  readonly signal: AbortSignal;
  readonly observed?: RunObservation | undefined;
}

/** Attempts at most where a simulated patient spoils them; the rule-based one would repeat itself. */
const MOST_ATTEMPTS = 3;

/**
 * Holds one dialogue until it counts, and stores each attempt.
 * @param before what is stored of it
 * @returns the last attempt; undefined where it counted before
 */
export async function holdJob(
  job: Job,
  before: StoredDialogue | undefined,
  options: HoldingOptions,
): Promise<Attempt | undefined> {
  let known = before;
  let attempt: Attempt | undefined;
  while (!known || !isConclusive(known, options)) {
    const recording = await openTake(job, known, options);
    attempt = await holdOnce(job, recording, (known?.invalid ?? 0) + 1, options);
    if (attempt.standing !== 'invalid') return attempt;
    known = await options.store.dialogue(options.run, job.key);
  }
  return attempt;
}

/** Incomplete attempts are tried again when a run is resumed, those that the patient spoiled at once. */
export function isConclusive(
  { attempt, invalid }: Pick<StoredDialogue, 'attempt' | 'invalid'>,
  holding: Pick<HoldingOptions, 'patient'>,
): boolean {
  if (attempt === undefined || attempt.standing === 'incomplete') return false;
  return !isSpoilt(attempt, invalid, holding);
}

/**
 * Whether the patient spoilt an attempt and another may be better.
 * @param invalid number of the dialogue's invalid attempts, with this one
 */
export function isSpoilt(
  { standing }: Pick<Attempt, 'standing'>,
  invalid: number,
  { patient }: Pick<HoldingOptions, 'patient'>,
): boolean {
  return standing === 'invalid' && patient.varies && invalid < MOST_ATTEMPTS;
}

async function holdOnce(
  job: Job,
  recording: Recording,
  attempt: number,
  options: HoldingOptions,
): Promise<Attempt> {
  const { store, run, logger, budget, observed = UNOBSERVED_RUN } = options;
  const { simulate: hold = simulateJob } = options;
  const dialogue = observed.dialogue(job.key, attempt);
  const held = await watched(dialogue, () =>
    hold(job, agentOf(job, options), {
      ...options,
      calls: createCallRecorder(recording, dialogue.calls),
      onTurn: dialogue.onTurn,
      attempt,
      withinBudget: () => !budget.isSpent(),
    }),
  );
  await store.saveAttempt(run, job.key, held);
  const { ending, standing } = held;
  logger.info({ run, ...job.key, turns: held.turns.length, ending, standing }, 'dialogue');
  return held;
}

function agentOf({ key }: Job, { agents }: HoldingOptions): Agent {
  const agent = agents.get(key.agent);
  if (!agent) throw new Error(`no agent called ${key.agent}`);
  return agent;
}

/**
 * The journal of this try. A dialogue that was cut off goes on from its recorded calls; with an agent
 * that kept its state in a process or session it starts again, under a new take.
 */
async function openTake(
  job: Job,
  before: StoredDialogue | undefined,
  options: HoldingOptions,
): Promise<Recording> {
  const { store, run } = options;
  const { key } = job;
  if (!before) await store.beginDialogue(run, key);
  const take = (before?.restarts ?? 0) + (before?.invalid ?? 0) + 1;
  const recorded = before ? await store.calls(run, key, { take }) : [];
  const isLost = agentOf(job, options).history === 'session' && recorded.length > 0;
  if (isLost) await store.restartDialogue(run, key);
  const journal = store.journal(run, key, { take: isLost ? take + 1 : take });
  return journalRecording(journal, isLost ? [] : recorded);
}
