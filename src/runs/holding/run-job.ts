import { createCallRecorder, type CallRecorder } from '../../calls/call-recorder.js';
import type { EarKind } from '../../agents/patbot/ear/ear.js';
import type { PatientKind } from '../../agents/patbot/open-patient.js';
import type { PatientPhrases } from '../../agents/patbot/phrases.js';
import type { Agent } from '../../agents/under-test/agent.js';
import type { BehvJudge } from '../../judge/behv-judge.js';
import type { Logger } from '../../logger.js';
import { BudgetSpent, type Budget } from '../../models/budget.js';
import type { RunStore } from '../../store/run-store.js';
import { secretOf } from '../../judge/secret.js';
import { dialogueId, type Attempt, type StoredDialogue } from '../../store/run-record.js';
import type { Job } from '../planning/plan-run.js';
import { judgeAttempt, simulate } from './run-scenario.js';

/** What every dialogue of a run is held with. */
export interface JobOptions {
  readonly run: string;
  readonly judging: { readonly id: string; readonly nonce: string };
  readonly store: RunStore;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly judge: BehvJudge;
  readonly patient: PatientKind;
  readonly ear: EarKind;
  readonly phrases: PatientPhrases;
  readonly budget: Budget;
  readonly maxTurns: number;
  readonly logger: Logger;
}

/** Attempts at most where a simulated patient spoils them; the rule-based one would repeat itself. */
const MOST_ATTEMPTS = 3;

/**
 * Holds one dialogue until it counts, and judges it. Undefined where it was held before; what then
 * only lacks its verdicts is judged from what is stored.
 */
export async function runJob(job: Job, options: JobOptions): Promise<Attempt | undefined> {
  const { store, run, judging } = options;
  const before = await store.dialogue(run, job.key, judging.id);
  if (before?.attempt && isConclusive(before, options)) {
    if (!before.verdicts)
      await judgeHeld(job, before.attempt, await reopen(job, before, options), options);
    return undefined;
  }
  return holdUntilConclusive(job, before, options);
}

async function holdUntilConclusive(
  job: Job,
  first: StoredDialogue | undefined,
  options: JobOptions,
): Promise<Attempt> {
  const { store, run } = options;
  let before = first;
  for (;;) {
    const calls = await openCalls(job, before, options);
    const attempt = await tryOnce(job, calls, (before?.invalid ?? 0) + 1, options);
    if (attempt.standing !== 'invalid') {
      await judgeHeld(job, attempt, calls, options);
      return attempt;
    }
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
  calls: CallRecorder,
  attempt: number,
  options: JobOptions,
): Promise<Attempt> {
  const { store, run, logger, budget } = options;
  const held = await simulate(job.scenario, agentOf(job, options), job.casting, {
    ...options,
    calls,
    attempt,
    signal: new AbortController().signal,
    withinBudget: () => !budget.isSpent(),
  });
  await store.saveAttempt(run, job.key, held);
  const { ending, standing } = held;
  logger.info({ run, ...job.key, turns: held.turns.length, ending, standing }, 'dialogue');
  return held;
}

/**
 * Judges what was held. Where the budget is spent or a juror could not be asked it stays unjudged, to
 * be judged when the run is resumed: verdicts of half a jury would stand for good.
 */
async function judgeHeld(
  { key, scenario }: Job,
  attempt: Attempt,
  calls: CallRecorder,
  { store, run, judging, judge, logger }: JobOptions,
): Promise<void> {
  const secret = secretOf(judging.nonce, dialogueId(key));
  const hearing = { calls, secret, signal: new AbortController().signal };
  try {
    const judgement = await judgeAttempt(judge, scenario, attempt, hearing);
    if (!judgement) return;
    for (const { juror } of judgement.failures) logger.warn({ run, ...key, juror }, 'juror failed');
    if (judgement.failures.length === 0) {
      await store.saveJudgement(run, key, { judging: judging.id, judgement });
    }
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
  }
}

function agentOf({ key }: Job, { agents }: JobOptions): Agent {
  const agent = agents.get(key.agent);
  if (!agent) throw new Error(`no agent called ${key.agent}`);
  return agent;
}

/** The calls of an attempt that waits for its verdicts. */
async function reopen(
  { key }: Job,
  { restarts, invalid }: StoredDialogue,
  { store, run }: JobOptions,
): Promise<CallRecorder> {
  const take = restarts + invalid + 1;
  return createCallRecorder(store.journal(run, key, take), await store.calls(run, key, take));
}

/**
 * The journal of this try. A dialogue that was cut off goes on from its recorded calls; with an agent
 * that kept its state in a process or session it starts again, under a new take.
 */
async function openCalls(
  job: Job,
  before: StoredDialogue | undefined,
  options: JobOptions,
): Promise<CallRecorder> {
  const { store, run } = options;
  const { key } = job;
  if (!before) await store.beginDialogue(run, key);
  const take = (before?.restarts ?? 0) + (before?.invalid ?? 0) + 1;
  const recorded = before ? await store.calls(run, key, take) : [];
  if (agentOf(job, options).history === 'stateless' || recorded.length === 0) {
    return createCallRecorder(store.journal(run, key, take), recorded);
  }
  await store.restartDialogue(run, key);
  return createCallRecorder(store.journal(run, key, take + 1), []);
}
