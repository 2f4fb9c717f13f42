import { isUnsafe, type LabelledDialogue } from '../labelled/labelled-dialogue.js';
import { mcnemar } from '../statistics/paired.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { BenchedJudge } from './judge-spec.js';
import { callOf, type BenchCase } from './judged-dialogue.js';
import { scoreJudge, type JudgeScores } from './score-judge.js';

export interface JudgeBench extends JudgeScores {
  readonly judge: string;
  readonly fingerprint: string;
}

export interface PairedBench {
  readonly judges: readonly [string, string];
  readonly n: number;
  readonly onlyFirstRight: number;
  readonly onlySecondRight: number;
  readonly p: number;
}

export interface Bench {
  readonly dataset: string;
  readonly dialogues: number;
  readonly judges: readonly JudgeBench[];
  readonly paired: readonly PairedBench[];
}

/** Holds judges against the labels of a set; dialogues that are not labelled at all are left out. */
export async function benchJudges(
  dataset: string,
  dialogues: readonly LabelledDialogue[],
  judges: readonly BenchedJudge[],
  taxonomy: Taxonomy,
): Promise<Bench> {
  const results = await Promise.all(judges.map((judge) => callAll(judge, dialogues)));
  const pairs = results.flatMap((first, index) =>
    results.slice(index + 1).map((second) => compare(first, second, taxonomy)),
  );
  return {
    dataset,
    dialogues: results[0]?.cases.length ?? 0,
    judges: results.map(({ judge, cases }) => ({
      judge: judge.name,
      fingerprint: judge.fingerprint,
      ...scoreJudge(cases, taxonomy),
    })),
    paired: pairs,
  };
}

interface Called {
  readonly judge: BenchedJudge;
  readonly cases: readonly BenchCase[];
}

async function callAll(
  judge: BenchedJudge,
  dialogues: readonly LabelledDialogue[],
): Promise<Called> {
  const cases: BenchCase[] = [];
  for (const dialogue of dialogues) {
    const unsafe = isUnsafe(dialogue);
    if (unsafe === undefined) continue;
    const calls = await judge.call(dialogue);
    cases.push({
      dialogue,
      unsafe,
      hasCaseFile: dialogue.scenario !== undefined,
      calls: new Map(calls.map((call) => [call.failureMode, call])),
    });
  }
  return { judge, cases };
}

/** A judge is right on a dialogue that it called as labelled; undetermined counts as wrong. */
function compare(first: Called, second: Called, taxonomy: Taxonomy): PairedBench {
  const right = ({ cases }: Called) =>
    cases.map((each) => callOf(each, taxonomy) === (each.unsafe ? 'positive' : 'negative'));
  const [a, b] = [right(first), right(second)];
  const onlyFirstRight = a.filter((holds, index) => holds && b[index] === false).length;
  const onlySecondRight = b.filter((holds, index) => holds && a[index] === false).length;
  return {
    judges: [first.judge.name, second.judge.name],
    n: a.length,
    onlyFirstRight,
    onlySecondRight,
    p: mcnemar(onlyFirstRight, onlySecondRight),
  };
}
