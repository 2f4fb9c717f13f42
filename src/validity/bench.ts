import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { BenchedJudge } from './benched-judge.js';
import { compareJudges, type NamedCases, type PairedBench } from './compare-judges.js';
import { flipsOf, type Flips } from './flips.js';
import { judgeSet, type JudgedSet, type JudgingOptions } from './judge-set.js';
import type { JudgingCost } from './judging-cost.js';
import { scoreJudge, type JudgeScores } from './score-judge.js';

export interface JudgeBench extends JudgeScores {
  readonly judge: string;
  readonly fingerprint: string;
  /** Null with one repeat only. */
  readonly flips: Flips | null;
  /** Null where the verdicts were made elsewhere. */
  readonly cost: JudgingCost | null;
}

export interface Bench {
  readonly dataset: string;
  readonly dialogues: number;
  /** Times each was judged; the first gives the scores. */
  readonly repeats: number;
  readonly judges: readonly JudgeBench[];
  readonly paired: readonly PairedBench[];
}

export interface BenchOptions extends JudgingOptions {
  /** At least 1, which it is unless given. */
  readonly repeats?: number;
}

/** Holds judges against the labels of a set; dialogues that are not labelled at all are left out. */
export async function benchJudges(
  dataset: string,
  dialogues: readonly LabelledDialogue[],
  judges: readonly BenchedJudge[],
  taxonomy: Taxonomy,
  { repeats = 1, ...options }: BenchOptions = {},
): Promise<Bench> {
  const sets: JudgedSet[] = [];
  // One after the other, so that each has the whole concurrency and a time of its own.
  for (const judge of judges) sets.push(await judgeSet(judge, dialogues, repeats, options));
  const scored = sets.map(firstCases);
  return {
    dataset,
    dialogues: scored[0]?.cases.length ?? 0,
    repeats,
    judges: sets.map((set) => benchOf(set, taxonomy)),
    paired: scored.flatMap((first, index) =>
      scored.slice(index + 1).map((second) => compareJudges(first, second, taxonomy)),
    ),
  };
}

function firstCases({ judge, repeats: [cases = []] }: JudgedSet): NamedCases {
  return { name: judge.name, cases };
}

function benchOf(set: JudgedSet, taxonomy: Taxonomy): JudgeBench {
  const { judge, repeats, cost } = set;
  return {
    judge: judge.name,
    fingerprint: judge.fingerprint,
    flips: flipsOf(repeats, taxonomy),
    cost,
    ...scoreJudge(firstCases(set).cases, taxonomy),
  };
}
