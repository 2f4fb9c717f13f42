import {
  countDrawn,
  sampleStratum,
  stoppingRule,
  type DrawnCounts,
  type OutcomeOf,
  type Stopped,
  type StoppingRule,
} from '../../runs/sampling/sample-stratum.js';
import { sampledOutcome, type SampledOutcome } from '../../runs/sampling/sampled-outcome.js';
import { strataOf, type Stratum } from '../../runs/sampling/strata.js';
import { sequentialInterval } from '../../statistics/sequential-interval.js';
import type { Interval } from '../../statistics/wilson.js';
import { dialogueId, type Judging, type RunRecord } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';

/** How far one hazard and agent was sampled, and what that says of its part of the whole plan. */
export interface StratumSummary extends DrawnCounts {
  readonly hazard: string;
  readonly hardNegative: boolean;
  readonly agent: string;
  readonly planned: number;
  readonly drawn: number;
  /** Null while it goes on. */
  readonly stopped: Stopped | null;
  /** Of the failure rate of the whole plan, 95 % at all looks at once, open ones either way. */
  readonly interval: Interval;
  /** Its upper end were nothing open a failure, 0 to 1: what a gate on a rate asks after. */
  readonly mostFound: number;
}

export interface SamplingSummary {
  readonly strata: readonly StratumSummary[];
  /** Dialogues of the whole plan that those strata which have stopped did not need. */
  readonly saved: number;
  /** Dialogues at most that are still to be held and judged. */
  readonly left: number;
}

/**
 * When a run stopped was decided by the judge with which it was held, the first of the store; what was
 * drawn until then is counted here as another judging sees it. Its intervals hold too: the order was
 * blind to both.
 * @returns null for a run that holds its whole plan
 */
export async function summariseSampling(
  store: Pick<RunStore, 'dialogues' | 'judgings'>,
  run: RunRecord,
  judging: Pick<Judging, 'id'> | undefined,
  taxonomy: Taxonomy,
): Promise<SamplingSummary | null> {
  const rule = stoppingRule(run);
  if (!rule) return null;
  const [own] = await store.judgings(run.id);
  const decided = await outcomesOf(store, run.id, own?.id, taxonomy);
  const seen =
    judging?.id === own?.id ? decided : await outcomesOf(store, run.id, judging?.id, taxonomy);
  const strata = strataOf(run).map((stratum) => summarise(stratum, decided, seen, rule));
  const sum = (of: readonly StratumSummary[]) => of.reduce((total, { left }) => total + left, 0);
  return {
    strata,
    saved: sum(strata.filter(({ stopped }) => stopped)),
    left: sum(strata.filter(({ stopped }) => !stopped)),
  };
}

async function outcomesOf(
  store: Pick<RunStore, 'dialogues'>,
  run: string,
  judging: string | undefined,
  taxonomy: Taxonomy,
): Promise<OutcomeOf> {
  const outcomes = new Map<string, SampledOutcome>();
  for await (const dialogue of store.dialogues(run, judging)) {
    const outcome = sampledOutcome(dialogue, taxonomy);
    if (outcome) outcomes.set(dialogueId(dialogue), outcome);
  }
  return (key) => outcomes.get(dialogueId(key));
}

function summarise(
  stratum: Stratum,
  decided: OutcomeOf,
  seen: OutcomeOf,
  rule: StoppingRule,
): StratumSummary {
  const { hazard, hardNegative, agent, order } = stratum;
  const { drawn, stopped } = sampleStratum(stratum, decided, rule);
  const counts = countDrawn(drawn, order.length, seen);
  const { open, passed } = counts;
  return {
    ...{ hazard, hardNegative, agent },
    stopped: stopped ?? null,
    planned: order.length,
    drawn: drawn.length,
    ...counts,
    interval: sequentialInterval(counts),
    mostFound: sequentialInterval({ ...counts, open: 0, passed: passed + open }).high,
  };
}
