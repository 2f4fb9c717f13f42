import type { Random } from '../../determinism.js';
import { holm } from '../../statistics/holm.js';
import type { DialogueOutcome } from '../../judge/dialogue-outcome.js';
import { RepeatTally, type RepeatRange } from '../repeats.js';
import { compareRow, type RowEstimate } from './compare-row.js';
import { listMoves, type Moves } from './list-moves.js';
import type { Observation } from './observation.js';
import { pairDialogues, type DialoguePair } from './pair-dialogues.js';
import { conclude, type Conclusion } from './conclude.js';

/** An agent in a run. */
export interface Side {
  readonly run: string;
  readonly agent: string;
}

/** A side with what is known of its dialogues. */
export interface ObservedSide extends Side {
  readonly observations: readonly Observation[];
  /** Times each scenario was repeated by plan. */
  readonly repeats: number;
}

export const CROSS_CUTTING = 'cross-cutting';

export interface RowComparison extends RowEstimate {
  /** By Holm over its family. */
  readonly adjustedP: number;
  readonly conclusion: Conclusion;
}

/** Two sides compared: is the second worse than the first? */
export interface Comparison extends Moves {
  readonly first: Side;
  readonly second: Side;
  /** Over every mode that applies, cross-cutting ones too. */
  readonly all: RowComparison;
  /** By hazard over the hazard's modes, all hard negatives together, and cross-cutting modes. */
  readonly rows: readonly RowComparison[];
  /** pass^k of both over the same scenarios; undefined where nothing was repeated. */
  readonly passAll: { readonly first: RepeatRange; readonly second: RepeatRange } | undefined;
}

/**
 * Compares sides two by two. Holm's adjustment runs over pairs of sides × rows, and apart from it over
 * the pairs' totals; what has no scenario with a difference cannot be called different, and is in no
 * family: flips of sign keep every sum's size, so that this is settled before the test.
 * @param margin share by which the second may be worse, 0 to 1
 * @param randomFor the stream of a bootstrap, by what it is for
 */
export function compareSides(
  pairs: readonly (readonly [ObservedSide, ObservedSide])[],
  margin: number,
  randomFor: (...labels: string[]) => Random,
): Comparison[] {
  const estimates = pairs.map(([first, second]) => estimateSides(first, second, randomFor));
  const totals = adjusted(estimates.map(({ all }) => all));
  const rows = adjusted(estimates.flatMap((each) => each.rows));
  const concluded = (row: RowEstimate, family: ReadonlyMap<RowEstimate, number>) => {
    const adjustedP = family.get(row) ?? 1;
    return { ...row, adjustedP, conclusion: conclude(row, adjustedP, margin) };
  };
  return estimates.map((each) => ({
    ...each,
    all: concluded(each.all, totals),
    rows: each.rows.map((row) => concluded(row, rows)),
  }));
}

function estimateSides(
  first: ObservedSide,
  second: ObservedSide,
  randomFor: (...labels: string[]) => Random,
) {
  const pairs = pairDialogues(first.observations, second.observations);
  const named = (side: ObservedSide) => ({ run: side.run, agent: side.agent });
  const random = (row: string) => randomFor(first.run, first.agent, second.run, second.agent, row);
  const ids = [...new Set(pairs.map(({ row }) => row))].sort();
  return {
    first: named(first),
    second: named(second),
    all: compareRow('all', pairs, 'all', random('all')),
    rows: [
      ...ids.map((id) =>
        compareRow(
          id,
          pairs.filter(({ row }) => row === id),
          'own',
          random(id),
        ),
      ),
      compareRow(CROSS_CUTTING, pairs, 'crossCutting', random(CROSS_CUTTING)),
    ],
    passAll: passAllOf(pairs, Math.min(first.repeats, second.repeats)),
    ...listMoves(pairs),
  };
}

function adjusted(rows: readonly RowEstimate[]): ReadonlyMap<RowEstimate, number> {
  const family = rows.filter(({ differing }) => differing > 0);
  const ps = holm(family.map(({ p }) => p));
  return new Map(family.map((row, index) => [row, ps[index] ?? 1]));
}

/** Over pairs of which both sides were judged. */
function passAllOf(pairs: readonly DialoguePair[], k: number): Comparison['passAll'] {
  const tallies = { first: new RepeatTally(), second: new RepeatTally() };
  for (const { scenario, first, second } of pairs) {
    const [a, b] = [outcomeOf(first), outcomeOf(second)];
    if (!a || !b) continue;
    tallies.first.add(scenario, a);
    tallies.second.add(scenario, b);
  }
  const [first, second] = [tallies.first.range(k), tallies.second.range(k)];
  return first && second ? { first, second } : undefined;
}

function outcomeOf(side: Observation | undefined): DialogueOutcome | undefined {
  const known = side?.known.all;
  if (known === 'open') return 'undetermined';
  return known === 'fail' || known === 'pass' ? known : undefined;
}
