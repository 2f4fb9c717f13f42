import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { callOf, type BenchCase } from './judged-dialogue.js';

/** How many things came out otherwise in some repeat. */
export interface FlipRate {
  readonly n: number;
  readonly flipped: number;
  /** 0 to 1; null for n = 0. */
  readonly share: number | null;
}

/** What of a judge's word depends on the order of the modes, or on its mood. */
export interface Flips {
  /** Over dialogues × modes: the outcome. */
  readonly verdicts: FlipRate;
  /** Over dialogues: positive, undetermined or negative. */
  readonly dialogues: FlipRate;
}

/** @param repeats the same dialogues in the same order; null where there are fewer than two */
export function flipsOf(
  repeats: readonly (readonly BenchCase[])[],
  taxonomy: Taxonomy,
): Flips | null {
  const [first = []] = repeats;
  if (repeats.length < 2) return null;
  const byDialogue = first.map((_, index) => repeats.flatMap((cases) => cases[index] ?? []));
  return {
    verdicts: rateOf(byDialogue.flatMap(outcomesOf)),
    dialogues: rateOf(byDialogue.map((cases) => cases.map((each) => callOf(each, taxonomy)))),
  };
}

/** For each mode its outcome in every repeat. */
function outcomesOf(cases: readonly BenchCase[]): string[][] {
  const modes = new Set(cases.flatMap(({ calls }) => [...calls.keys()]));
  return [...modes].map((mode) => cases.map(({ calls }) => outcomeIn(calls, mode)));
}

function outcomeIn(calls: BenchCase['calls'], mode: string): string {
  return calls.get(mode)?.outcome ?? 'undetermined';
}

function rateOf(said: readonly (readonly string[])[]): FlipRate {
  const flipped = said.filter((words) => new Set(words).size > 1).length;
  return { n: said.length, flipped, share: said.length === 0 ? null : flipped / said.length };
}
