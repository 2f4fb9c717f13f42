import { dialogueId, type StoredDialogue } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import type { Job } from '../planning/plan-run.js';
import { sampledOutcome, type SampledOutcome } from '../sampling/sampled-outcome.js';
import { stoppingRule } from '../sampling/sample-stratum.js';
import { openSampler, type Sampler } from '../sampling/sampler.js';
import { strataOf } from '../sampling/strata.js';
import { isConclusive } from './hold-job.js';
import type { PreparedRun } from './start-run.js';

type Work = (job: Job, signal: AbortSignal) => Promise<void>;

/** The jobs of a run that stops early, as earlier ones say which are needed. */
export interface SampledJobs {
  readonly jobs: AsyncIterable<Job>;
  /** The work on a job, after which the sampler knows what came of it. */
  around(work: Work): Work;
}

/**
 * Goes on from what is stored, so that a run that was cut off holds the dialogues of one that was not.
 * @returns undefined for a run that holds its whole plan
 */
export async function openSampledJobs(
  run: PreparedRun,
  judging: string,
  { store, mayGoOn }: { readonly store: RunStore; readonly mayGoOn: () => boolean },
): Promise<SampledJobs | undefined> {
  const { record } = run;
  const rule = stoppingRule(record);
  if (!rule) return undefined;
  const known = new Map<string, SampledOutcome>();
  for await (const dialogue of store.dialogues(record.id, judging)) {
    const outcome = finalOutcome(dialogue, run);
    if (outcome) known.set(dialogueId(dialogue), outcome);
  }
  const sampler = openSampler(strataOf(record), known, rule, mayGoOn);
  return {
    jobs: jobsOf(sampler, run.jobs),
    around: (work) => async (job, signal) => {
      try {
        await work(job, signal);
        const dialogue = await store.dialogue(record.id, job.key, judging);
        sampler.settle(job.key, dialogue && finalOutcome(dialogue, run));
      } catch (error) {
        sampler.end();
        throw error;
      }
    },
  };
}

/** Undefined also where the patient spoiled it and another attempt is to be made. */
function finalOutcome(
  dialogue: StoredDialogue,
  run: Pick<PreparedRun, 'patient' | 'library'>,
): SampledOutcome | undefined {
  return isConclusive(dialogue, run) ? sampledOutcome(dialogue, run.library.taxonomy) : undefined;
}

async function* jobsOf({ keys }: Sampler, planned: Iterable<Job>): AsyncGenerator<Job, void> {
  const jobs = new Map([...planned].map((job) => [dialogueId(job.key), job]));
  for await (const key of keys) {
    const job = jobs.get(dialogueId(key));
    if (!job) throw new Error(`no job for ${dialogueId(key)}`);
    yield job;
  }
}
