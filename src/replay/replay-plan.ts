import type { PlanInput } from '../plan/plan.js';
import type { DialogueKey, RunRecord, Source } from '../store/run-record.js';

/** What of a stored run is put to another agent. */
export interface ReplayPlan {
  readonly run: RunRecord;
  readonly dialogues: readonly DialogueKey[];
  readonly mode: Source['mode'];
  /** Turns kept from the first; 0 for none. */
  readonly keptTurns: number;
  /** Times that each is replayed, with other sampling of the models, at least 1. */
  readonly samples: number;
  /** The case of transcripts from elsewhere, where they do not name it. */
  readonly scenario?: string | undefined;
  /** What differs from the plan of the run: the agent, who judges, budgets, the store. */
  readonly stated: PlanInput;
}
