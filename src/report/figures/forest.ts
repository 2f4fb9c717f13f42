import type { Interval } from '../../statistics/wilson.js';
import type { Comparison } from '../comparison/compare-sides.js';
import type { Conclusion } from '../comparison/conclude.js';
import { OBSTACLES } from '../comparison/pair-dialogues.js';

/** Two agents over the dialogues that pair them: the second's failure rate less the first's, −1 to 1. */
export interface ForestRow {
  /** RUN/AGENT where the sides are of two runs, else AGENT. */
  readonly first: string;
  readonly second: string;
  /** Over pairs that are decided on both sides; null without any. */
  readonly difference: number | null;
  readonly interval: Interval;
  /** With all that is undecided for the one or the other. */
  readonly widest: Interval;
  readonly decided: number;
  readonly undecided: number;
  readonly adjustedP: number;
  readonly conclusion: Conclusion;
  /** Of the first run or the second, RUN apart: the pairs that one side failed and the other passed. */
  readonly worse: readonly string[];
  readonly better: readonly string[];
}

/** @param run of the report: a dialogue of another run is not in it, and is not listed */
export function forest(comparisons: readonly Comparison[], run: string): ForestRow[] {
  return comparisons.map((comparison) => {
    const { first, second, all, worse, better } = comparison;
    const name = (side: Comparison['first']) =>
      first.run === second.run ? side.agent : `${side.run}/${side.agent}`;
    const inRun = (moves: Comparison['worse']) =>
      moves.flatMap((move) => [
        ...(first.run === run ? [move.first] : []),
        ...(second.run === run ? [move.second] : []),
      ]);
    const { both, onlyFirst, onlySecond, neither } = all.counts;
    return {
      first: name(first),
      second: name(second),
      ...{ difference: all.difference, interval: all.interval, widest: all.widest },
      decided: both + onlyFirst + onlySecond + neither,
      undecided: OBSTACLES.reduce((sum, obstacle) => sum + all.undecided[obstacle], 0),
      ...{ adjustedP: all.adjustedP, conclusion: all.conclusion },
      ...{ worse: inRun(worse), better: inRun(better) },
    };
  });
}
