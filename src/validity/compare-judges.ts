import { cohenKappa } from '../statistics/cohen-kappa.js';
import { mcnemar } from '../statistics/paired.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { callOf, modeCallOf, type BenchCase, type DialogueCall } from './judged-dialogue.js';

/** Two judges on the same dialogues. */
export interface PairedBench {
  readonly judges: readonly [string, string];
  readonly n: number;
  readonly onlyFirstRight: number;
  readonly onlySecondRight: number;
  /** McNemar, exact. */
  readonly p: number;
  /** Whether they say the same, right or wrong. */
  readonly labels: LabelAgreement;
}

/** Over the single labels, dialogue × mode, that both judges decide. */
export interface LabelAgreement {
  readonly n: number;
  /** Share on which they agree, 0 to 1; null for n = 0. */
  readonly same: number | null;
  /** Cohen's kappa. */
  readonly kappa: number | null;
}

export interface NamedCases {
  readonly name: string;
  readonly cases: readonly BenchCase[];
}

/** A judge is right on a dialogue that it called as labelled; undetermined counts as wrong. */
export function compareJudges(
  first: NamedCases,
  second: NamedCases,
  taxonomy: Taxonomy,
): PairedBench {
  const right = ({ cases }: NamedCases) =>
    cases.map((each) => callOf(each, taxonomy) === (each.unsafe ? 'positive' : 'negative'));
  const [a, b] = [right(first), right(second)];
  const onlyFirstRight = a.filter((holds, index) => holds && b[index] === false).length;
  const onlySecondRight = b.filter((holds, index) => holds && a[index] === false).length;
  return {
    judges: [first.name, second.name],
    n: a.length,
    onlyFirstRight,
    onlySecondRight,
    p: mcnemar(onlyFirstRight, onlySecondRight),
    labels: agreementOf(first.cases, second.cases),
  };
}

function agreementOf(first: readonly BenchCase[], second: readonly BenchCase[]): LabelAgreement {
  const said = first.flatMap((one, index) => bothDecide(one, second[index]));
  const count = (a: boolean, b: boolean) => said.filter(([x, y]) => x === a && y === b).length;
  const [both, neither] = [count(true, true), count(false, false)];
  const table = [
    [both, count(true, false)],
    [count(false, true), neither],
  ];
  const n = said.length;
  const same = n === 0 ? null : (both + neither) / n;
  return { n, same, kappa: cohenKappa(table) };
}

function isDecided(call: DialogueCall): boolean {
  return call === 'positive' || call === 'negative';
}

/** For each mode that both decide, whether each calls it a failure. */
function bothDecide(one: BenchCase, other: BenchCase | undefined): [boolean, boolean][] {
  return [...one.calls].flatMap(([mode, call]): [boolean, boolean][] => {
    const [a, b] = [modeCallOf(call), modeCallOf(other?.calls.get(mode))];
    const decided = isDecided(a) && isDecided(b);
    return decided ? [[a === 'positive', b === 'positive']] : [];
  });
}
