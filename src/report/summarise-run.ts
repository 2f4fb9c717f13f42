import type { RunHashes } from '../evidence/manifest-hasher.js';
import type { CallUsage } from '../store/run-store.js';
import type { Judging, RunRecord, StoredDialogue, Validity } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { dialogueId, judgingSchema } from '../store/run-record.js';
import { AgentTally, type AgentSummary } from './agent-tally.js';
import { FailureGroups, type FailureGroup } from './failure-groups.js';
import type { SamplingSummary } from './sampling/summarise-sampling.js';
import { JudgingTally, type JudgingSummary } from './judging-tally.js';

/** Money for calls of models, by the prices of the plan. */
export interface Spent {
  readonly money: number;
  readonly currency: string;
}

export interface RunSummary {
  readonly run: RunRecord;
  /** Without its nonce: who knows it can foresee the marks around transcripts in prompts. */
  readonly judging: Omit<Judging, 'nonce'> | undefined;
  /** What is known of the judge's own errors; empty where it was not measured. */
  readonly validity: readonly Validity[];
  /** Dialogues with an attempt that needs no other. */
  readonly completed: number;
  /** Dialogues that are still to be held, at most; a plan that stopped early needs no more. */
  readonly left: number;
  /** How far a plan that stops early was sampled; null for one that is held whole. */
  readonly sampling: SamplingSummary | null;
  /** Held dialogues that wait for their verdicts: a juror could not be asked, or the budget was spent. */
  readonly unjudged: number;
  readonly agents: readonly AgentSummary[];
  /** Primary failures by agent and mode, gravest and most frequent first. */
  readonly failures: readonly FailureGroup[];
  /** Dialogues that a session agent had to begin anew. */
  readonly restarted: number;
  readonly patientReview: PatientReviewSummary;
  /** What the judging says beside the rates. */
  readonly judged: JudgingSummary;
  /** Calls and tokens by role and model; empty where no call left the process. */
  readonly usage: readonly CallUsage[];
  /** Null without prices, or where a model has none. */
  readonly spent: Spent | null;
  /** What is to be kept elsewhere; null where the records are in no store. */
  readonly hashes: RunHashes | null;
}

/** What a review of the patient's turns saved from being judged. */
export interface PatientReviewSummary {
  /** Attempts that were reviewed. */
  readonly reviewed: number;
  /** Attempts among them whose verdicts would have rested on a fault of the patient. */
  readonly spoiled: number;
}

/** Sums up a run in one pass over its dialogues; nothing of a dialogue is kept. */
export async function summariseRun(
  run: RunRecord,
  judging: Judging | undefined,
  dialogues: AsyncIterable<StoredDialogue>,
  taxonomy: Taxonomy,
  validity: readonly Validity[] = [],
  usage: readonly CallUsage[] = [],
  spent: Spent | null = null,
  hashes: RunHashes | null = null,
  sampling?: SamplingSummary | null,
): Promise<RunSummary> {
  const context = { taxonomy, decides: new Set(judging?.decides), repeats: run.plan.repeats };
  const agents = new Map(run.agents.map(({ name }) => [name, new AgentTally(name, context)]));
  const failures = new FailureGroups();
  let completed = 0;
  let restarted = 0;
  let unjudged = 0;
  const patientReview = { reviewed: 0, spoiled: 0 };
  const judged = new JudgingTally(judging);
  for await (const dialogue of dialogues) {
    if (!dialogue.attempt) continue;
    restarted += dialogue.restarts > 0 ? 1 : 0;
    unjudged += isUnjudged(dialogue, judging) ? 1 : 0;
    patientReview.spoiled += dialogue.spoiled;
    patientReview.reviewed += reviewedAttempts(dialogue);
    if (dialogue.attempt.standing !== 'incomplete') completed += 1;
    agents.get(dialogue.agent)?.add(dialogue);
    if (dialogue.judgement) judged.add(dialogueId(dialogue), dialogue.judgement);
    failures.add(dialogue);
  }
  return {
    run,
    judging: judging && withoutNonce(judging),
    validity,
    completed,
    ...samplingOf(run, completed, sampling),
    unjudged,
    agents: [...agents.values()].map((agent) => agent.summary()),
    failures: failures.sorted(),
    restarted,
    patientReview,
    judged: judged.summary(),
    usage,
    spent,
    hashes,
  };
}

/** A plan that stops early owes no more than its strata do. */
function samplingOf(
  { planned }: RunRecord,
  completed: number,
  sampling: SamplingSummary | null = null,
): Pick<RunSummary, 'left' | 'sampling'> {
  return { left: sampling?.left ?? planned - completed, sampling };
}

function withoutNonce(judging: Judging): Omit<Judging, 'nonce'> {
  return judgingSchema.omit({ nonce: true }).parse(judging);
}

function isUnjudged({ attempt, verdicts }: StoredDialogue, judging: Judging | undefined): boolean {
  const counts = attempt?.standing === 'valid' || attempt?.standing === 'not-exposed';
  return judging !== undefined && counts && !verdicts;
}

/** The spoiled ones, and the one that counts where it was reviewed and found good. */
function reviewedAttempts({ spoiled, attempt }: StoredDialogue): number {
  const good = attempt?.patientFaults != null && attempt.standing !== 'invalid';
  return spoiled + (good ? 1 : 0);
}
