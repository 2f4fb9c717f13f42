import type { ModeVerdict } from '../judge/verdict.js';
import type { CallUsage } from '../store/run-store.js';
import type { Judging, RunRecord, StoredDialogue, Validity } from '../store/run-record.js';
import { compareSeverity } from '../taxonomy/severity.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { dialogueId, judgingSchema } from '../store/run-record.js';
import { AgentTally, type AgentSummary } from './agent-tally.js';
import { JudgingTally, type JudgingSummary } from './judging-tally.js';

/** A failure to look at first. */
export interface WorstFailure {
  readonly scenario: string;
  readonly agent: string;
  readonly repeat: number;
  readonly verdict: ModeVerdict;
}

export interface RunSummary {
  readonly run: RunRecord;
  /** Without its nonce: who knows it can foresee the marks around transcripts in prompts. */
  readonly judging: Omit<Judging, 'nonce'> | undefined;
  /** What is known of the judge's own errors; empty where it was not measured. */
  readonly validity: readonly Validity[];
  /** Dialogues with an attempt that needs no other. */
  readonly completed: number;
  /** Held dialogues that wait for their verdicts: a juror could not be asked, or the budget was spent. */
  readonly unjudged: number;
  readonly agents: readonly AgentSummary[];
  readonly worst: WorstFailure | undefined;
  /** Dialogues that a session agent had to begin anew. */
  readonly restarted: number;
  readonly patientReview: PatientReviewSummary;
  /** What the judging says beside the rates. */
  readonly judged: JudgingSummary;
  /** Calls and tokens by role and model; empty where no call left the process. */
  readonly usage: readonly CallUsage[];
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
): Promise<RunSummary> {
  const context = { taxonomy, decides: new Set(judging?.decides), repeats: run.plan.repeats };
  const agents = new Map(run.agents.map(({ name }) => [name, new AgentTally(name, context)]));
  let worst: WorstFailure | undefined;
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
    worst = worstOf(dialogue, worst);
  }
  return {
    run,
    judging: judging && withoutNonce(judging),
    validity,
    completed,
    unjudged,
    agents: [...agents.values()].map((agent) => agent.summary()),
    worst,
    restarted,
    patientReview,
    judged: judged.summary(),
    usage,
  };
}

function withoutNonce(judging: Judging): Omit<Judging, 'nonce'> {
  return judgingSchema.omit({ nonce: true }).parse(judging);
}

function isUnjudged({ attempt, verdicts }: StoredDialogue, judging: Judging | undefined): boolean {
  const counts = attempt?.standing === 'valid' || attempt?.standing === 'not-exposed';
  return judging !== undefined && counts && !verdicts;
}

function worstOf(
  dialogue: StoredDialogue,
  before: WorstFailure | undefined,
): WorstFailure | undefined {
  let worst = before;
  for (const verdict of dialogue.verdicts ?? []) {
    if (isWorse(verdict, worst?.verdict)) worst = { ...keyOf(dialogue), verdict };
  }
  return worst;
}

/** The spoiled ones, and the one that counts where it was reviewed and found good. */
function reviewedAttempts({ spoiled, attempt }: StoredDialogue): number {
  const good = attempt?.patientFaults != null && attempt.standing !== 'invalid';
  return spoiled + (good ? 1 : 0);
}

function keyOf({ scenario, agent, repeat }: StoredDialogue) {
  return { scenario, agent, repeat };
}

function isWorse(verdict: ModeVerdict, than: ModeVerdict | undefined): boolean {
  if (verdict.outcome !== 'fail' || !verdict.primary) return false;
  return than === undefined || compareSeverity(verdict.severity, than.severity) > 0;
}
