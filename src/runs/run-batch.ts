import type { PatientPhrases } from '../agents/patbot/phrases.js';
import type { Agent } from '../agents/under-test/agent.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import type { Logger } from '../logger.js';
import type { Attempt } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Job } from './plan-run.js';
import { judgeAttempt, simulate } from './run-scenario.js';

export interface BatchOptions {
  readonly run: string;
  readonly judging: string;
  readonly store: RunStore;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly judge: BehvJudge;
  readonly phrases: PatientPhrases;
  readonly maxTurns: number;
  readonly turnTimeout: number;
  readonly concurrency: number;
  /** Once aborted no further dialogue is begun; those in flight are finished and stored. */
  readonly stop: AbortSignal;
  readonly logger: Logger;
  readonly onHeld: (job: Job, attempt: Attempt | undefined) => void;
}

/** Holds, judges and stores every job, several at a time, taking the next one only when needed. */
export async function runBatch(jobs: Iterator<Job>, options: BatchOptions): Promise<void> {
  const failure = new AbortController();
  const stop = AbortSignal.any([options.stop, failure.signal]);
  const worker = async () => {
    while (!stop.aborted) {
      const next = jobs.next();
      if (next.done) return;
      try {
        options.onHeld(next.value, await runJob(next.value, options));
      } catch (error) {
        failure.abort();
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
}

/** Undefined where the dialogue had a conclusive attempt already. */
async function runJob(job: Job, options: BatchOptions): Promise<Attempt | undefined> {
  const { store, run, judging } = options;
  const before = await store.dialogue(run, job.key);
  if (before?.attempt && isConclusive(before.attempt)) return undefined;
  const agent = options.agents.get(job.key.agent);
  if (!agent) throw new Error(`no agent called ${job.key.agent}`);
  await store.beginDialogue(run, job.key);
  const signal = new AbortController().signal;
  const attempt = await simulate(job.scenario, agent, job.casting, { ...options, signal });
  const verdicts = await judgeAttempt(options.judge, job.scenario, attempt, signal);
  await store.saveAttempt(run, job.key, attempt, verdicts && { judging, verdicts });
  const { ending, standing } = attempt;
  options.logger.info(
    { run, ...job.key, turns: attempt.turns.length, ending, standing },
    'dialogue',
  );
  return attempt;
}

/** Only incomplete attempts are tried again: an invalid one is the patient's and would repeat itself. */
function isConclusive({ standing }: Attempt): boolean {
  return standing !== 'incomplete';
}
