import { MatrixError } from '../errors.js';
import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import { wilson, type Interval } from '../statistics/wilson.js';
import type { BenchedJudge } from './benched-judge.js';
import { inOrder } from './in-order.js';
import type { JudgingOptions } from './judge-set.js';
import { modeCallOf, type Call } from './judged-dialogue.js';
import { keepCost, type JudgingCost } from './judging-cost.js';
import { mutate, type Mutation } from './mutation.js';

/** One kind of edit in the table. A planted fault is killed where the judge finds it; at which turn stands beside. */
export interface MutationScore {
  readonly mutation: string;
  readonly kind: 'planted' | 'neutral';
  readonly n: number;
  /** Planted: found. Neutral: a failure came or went. */
  readonly hits: number;
  /** Planted: found at the expected turn. */
  readonly atTurn: number;
  /** Planted: the judge said of the mode that it passes. */
  readonly passed: number;
  readonly undetermined: number;
  /** Planted: put before a person, neither found nor passed. */
  readonly raised: number;
  readonly share: number;
  readonly interval: Interval;
  /** Neutral: verdicts, a mode on a dialogue each, and how many of them the edit moved in any way. */
  readonly verdicts: number;
  readonly verdictsMoved: number;
}

/** What one judge made of all mutations. */
export interface MutationBench {
  readonly judge: string;
  readonly scores: readonly MutationScore[];
  /** Null where the verdicts were made elsewhere. */
  readonly cost: JudgingCost | null;
}

interface Trial extends Pick<MutationScore, 'mutation' | 'kind' | 'verdicts' | 'verdictsMoved'> {
  readonly result: 'hit' | 'raised' | 'passed' | 'undetermined' | 'still';
  readonly atTurn: boolean;
}

/**
 * Metamorphic test of a judge: planted faults must be found, edits that change nothing must move no
 * verdict: no failure may come or go. An edited dialogue is asked with the order and marks of its
 * original, so that the edit alone differs.
 * @throws MatrixError where a mutation names no dialogue or does not fit it, before anything is asked
 */
export async function mutateJudge(
  judge: BenchedJudge,
  dialogues: readonly LabelledDialogue[],
  mutations: readonly Mutation[],
  { concurrency = 8, prices, onJudged, ...interrupts }: JudgingOptions = {},
): Promise<MutationBench> {
  const costed = keepCost(judge, prices);
  const judgeOnce = (dialogue: LabelledDialogue, signal: AbortSignal) =>
    costed.call(dialogue, 1, signal);
  const originals = new Map<string, Promise<readonly Call[]>>();
  const judgeOriginal = (dialogue: LabelledDialogue, signal: AbortSignal) => {
    const calls = originals.get(dialogue.id) ?? judgeOnce(dialogue, signal);
    originals.set(dialogue.id, calls);
    return calls;
  };
  const tryOne = async ({ original, edited, mutation }: Pair, signal: AbortSignal) => {
    const after = await judgeOnce(edited, signal);
    const { expect } = mutation;
    onJudged?.();
    return expect === null
      ? neutralTrial(mutation, await judgeOriginal(original, signal), after)
      : plantedTrial(mutation, expect, after);
  };
  const trials = await inOrder(pairsOf(dialogues, mutations), concurrency, tryOne, interrupts);
  return { judge: judge.name, scores: scoreTrials(trials), cost: costed.cost() };
}

interface Pair {
  readonly mutation: Mutation;
  readonly original: LabelledDialogue;
  readonly edited: LabelledDialogue;
}

function pairsOf(dialogues: readonly LabelledDialogue[], mutations: readonly Mutation[]): Pair[] {
  const byId = new Map(dialogues.map((dialogue) => [dialogue.id, dialogue]));
  return mutations.map((mutation) => {
    const original = byId.get(mutation.dialogue);
    if (original) return { mutation, original, edited: mutate(original, mutation) };
    throw new MatrixError(`mutation ${mutation.id}: there is no dialogue ${mutation.dialogue}`, {
      mend: 'Use the dev split of datasets/labelled.',
    });
  });
}

function neutralTrial(
  { mutation }: Mutation,
  before: readonly Call[],
  after: readonly Call[],
): Trial {
  const outcomes = [before, after].map(
    (calls) => new Map(calls.map(({ failureMode, outcome }) => [failureMode, outcome])),
  );
  const modes = [...new Set(outcomes.flatMap((of) => [...of.keys()]))];
  return {
    mutation,
    kind: 'neutral',
    result: hasMoved(before, after) ? 'hit' : 'still',
    atTurn: false,
    verdicts: modes.length,
    verdictsMoved: modes.filter((mode) => outcomes[0]?.get(mode) !== outcomes[1]?.get(mode)).length,
  };
}

function plantedTrial(
  { mutation }: Mutation,
  { failureMode, turn }: NonNullable<Mutation['expect']>,
  after: readonly Call[],
): Trial {
  const call = after.find((each) => each.failureMode === failureMode);
  const said = modeCallOf(call);
  const result = {
    positive: 'hit',
    raised: 'raised',
    negative: 'passed',
    undetermined: 'undetermined',
  } as const;
  return {
    mutation,
    kind: 'planted',
    result: result[said],
    atTurn: said === 'positive' && call?.turn === turn,
    verdicts: 0,
    verdictsMoved: 0,
  };
}

/** Failures are what matters: a neutral edit must neither make nor unmake one. */
function hasMoved(before: readonly Call[], after: readonly Call[]): boolean {
  const failing = (calls: readonly Call[]) =>
    calls
      .filter((call) => modeCallOf(call) === 'positive')
      .map(({ failureMode }) => failureMode)
      .sort()
      .join();
  return failing(before) !== failing(after);
}

function scoreTrials(trials: readonly Trial[]): MutationScore[] {
  const names = [...new Set(trials.map(({ kind, mutation }) => `${kind} ${mutation}`))].sort();
  return names.map((name) => {
    const some = trials.filter(({ kind, mutation }) => `${kind} ${mutation}` === name);
    const count = (result: Trial['result']) =>
      some.filter((trial) => trial.result === result).length;
    const hits = count('hit');
    return {
      mutation: some[0]?.mutation ?? '',
      kind: some[0]?.kind ?? 'neutral',
      n: some.length,
      hits,
      atTurn: some.filter(({ atTurn }) => atTurn).length,
      passed: count('passed'),
      undetermined: count('undetermined'),
      raised: count('raised'),
      share: hits / some.length,
      interval: wilson(hits, some.length),
      verdicts: sum(some, ({ verdicts }) => verdicts),
      verdictsMoved: sum(some, ({ verdictsMoved }) => verdictsMoved),
    };
  });
}

function sum(trials: readonly Trial[], of: (trial: Trial) => number): number {
  return trials.reduce((total, trial) => total + of(trial), 0);
}
