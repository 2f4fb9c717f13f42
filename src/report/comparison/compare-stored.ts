import { randomFrom } from '../../determinism.js';
import type { RunStore } from '../../store/run-store.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { otherDifferences, type JudgedRun } from './assert-comparable.js';
import type { JudgedSide, SidePair } from './choose-sides.js';
import { compareSides, type Comparison, type ObservedSide } from './compare-sides.js';
import { observe, type Observation } from './observation.js';

/** What a comparison came to, with all that is needed to read it. */
export interface ComparisonReport {
  /** Share by which a second side may be worse, 0 to 1. */
  readonly margin: number;
  readonly judging: { readonly id: string; readonly jurors: readonly string[] };
  /** Whose transcripts these are, where something else than the agent differs. */
  readonly notes: readonly string[];
  readonly comparisons: readonly Comparison[];
}

export interface ComparisonTask {
  /** Of the first sides and of the second; the same one for agents of one run. */
  readonly runs: readonly [JudgedRun, JudgedRun];
  readonly pairs: readonly SidePair[];
  readonly margin: number;
}

/** Compares agents of stored runs; the first run's seed decides the bootstrap. */
export async function compareStored(
  store: RunStore,
  { runs, pairs, margin }: ComparisonTask,
  taxonomy: Taxonomy,
): Promise<ComparisonReport> {
  const observed = await observeRuns(store, runs, taxonomy);
  const sideOf = ({ of: { run }, agent }: JudgedSide): ObservedSide => ({
    run: run.id,
    agent,
    repeats: run.plan.repeats,
    observations: (observed.get(run.id) ?? []).filter((each) => each.agent === agent),
  });
  const [{ run, judging }] = runs;
  return {
    margin,
    judging: { id: judging.id, jurors: judging.jurors },
    notes: otherDifferences(...runs),
    comparisons: compareSides(
      pairs.map(([one, other]) => [sideOf(one), sideOf(other)] as const),
      margin,
      (...labels) => randomFrom(run.plan.seed, 'compare', ...labels),
    ),
  };
}

/** Reads every run once. */
async function observeRuns(
  store: RunStore,
  runs: readonly JudgedRun[],
  taxonomy: Taxonomy,
): Promise<ReadonlyMap<string, Observation[]>> {
  const observed = new Map<string, Observation[]>();
  for (const {
    run: { id },
    judging,
  } of runs) {
    if (observed.has(id)) continue;
    const observations: Observation[] = [];
    for await (const dialogue of store.dialogues(id, judging.id)) {
      const observation = observe(dialogue, taxonomy);
      if (observation) observations.push(observation);
    }
    observed.set(id, observations);
  }
  return observed;
}
