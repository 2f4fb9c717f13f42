import { createCallRecorder, type CallRecorder } from '../calls/call-recorder.js';
import type { PatientKind } from '../agents/patbot/open-patient.js';
import type { PatientPhrases } from '../agents/patbot/phrases.js';
import type { Agent } from '../agents/under-test/agent.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import type { Logger } from '../logger.js';
import { BudgetSpent, type Budget } from '../models/budget.js';
import type { RunStore } from '../store/run-store.js';
import type { Hearing } from '../judge/juror.js';
import type { Judgement } from '../judge/verdict.js';
import { secretOf } from '../judge/secret.js';
import { dialogueId, type Attempt, type StoredDialogue } from '../store/run-record.js';
import type { Job } from './plan-run.js';
import { judgeAttempt, simulate } from './run-scenario.js';

/** What every dialogue of a run is held with. */
export interface JobOptions {
  readonly run: string;
  readonly judging: { readonly id: string; readonly nonce: string };
  readonly store: RunStore;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly judge: BehvJudge;
  readonly patient: PatientKind;
  readonly phrases: PatientPhrases;
  readonly budget: Budget;
  readonly maxTurns: number;
  readonly logger: Logger;
}

/** Attempts at most where a simulated patient spoils them; the rule-based one would repeat itself. */
const MOST_ATTEMPTS = 3;

/** Holds one dialogue until it counts. Undefined where it had a conclusive attempt already. */
export async function runJob(job: Job, options: JobOptions): Promise<Attempt | undefined> {
  const { store, run } = options;
  let before = await store.dialogue(run, job.key);
  if (before && isConclusive(before, options)) return undefined;
  for (;;) {
    const attempt = await tryOnce(job, before, options);
    if (attempt.standing !== 'invalid') return attempt;
    before = await store.dialogue(run, job.key);
    if (before && isConclusive(before, options)) return attempt;
  }
}

/** Incomplete attempts are tried again when a run is resumed, those that the patient spoiled at once. */
function isConclusive(dialogue: StoredDialogue, { patient }: JobOptions): boolean {
  const standing = dialogue.attempt?.standing;
  if (standing === undefined || standing === 'incomplete') return false;
  return standing !== 'invalid' || !patient.varies || dialogue.invalid >= MOST_ATTEMPTS;
}

async function tryOnce(
  job: Job,
  before: StoredDialogue | undefined,
  options: JobOptions,
): Promise<Attempt> {
  const { store, run, judging, agents, logger, budget } = options;
  const agent = agents.get(job.key.agent);
  if (!agent) throw new Error(`no agent called ${job.key.agent}`);
  const calls = await openCalls(job, agent, before, options);
  const { signal } = new AbortController();
  const held = await simulate(job.scenario, agent, job.casting, {
    ...options,
    calls,
    signal,
    attempt: (before?.invalid ?? 0) + 1,
    withinBudget: () => !budget.isSpent(),
  });
  const hearing = { calls, signal, secret: secretOf(judging.nonce, dialogueId(job.key)) };
  const { attempt, judgement } = await judged(job, held, options, hearing);
  await store.saveAttempt(run, job.key, attempt, judgement && { judging: judging.id, judgement });
  const { ending, standing } = attempt;
  logger.info({ run, ...job.key, turns: attempt.turns.length, ending, standing }, 'dialogue');
  return attempt;
}

/** A dialogue that the budget does not let be judged waits with its calls in the journal. */
async function judged(
  { scenario }: Job,
  attempt: Attempt,
  { judge }: JobOptions,
  hearing: Hearing,
): Promise<{ attempt: Attempt; judgement: Judgement | undefined }> {
  try {
    return { attempt, judgement: await judgeAttempt(judge, scenario, attempt, hearing) };
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    const waiting = { ...attempt, ending: 'budget' as const, standing: 'incomplete' as const };
    return { attempt: waiting, judgement: undefined };
  }
}

/**
 * The journal of this try. A dialogue that was cut off goes on from its recorded calls; with an agent
 * that kept its state in a process or session it starts again, under a new take.
 */
async function openCalls(
  { key }: Job,
  agent: Agent,
  before: StoredDialogue | undefined,
  { store, run }: JobOptions,
): Promise<CallRecorder> {
  if (!before) await store.beginDialogue(run, key);
  const take = (before?.restarts ?? 0) + (before?.invalid ?? 0) + 1;
  const recorded = before ? await store.calls(run, key, take) : [];
  if (agent.history === 'stateless' || recorded.length === 0) {
    return createCallRecorder(store.journal(run, key, take), recorded);
  }
  await store.restartDialogue(run, key);
  return createCallRecorder(store.journal(run, key, take + 1), []);
}
