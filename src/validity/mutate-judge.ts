import { MatrixError } from '../errors.js';
import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import { wilson, type Interval } from '../statistics/wilson.js';
import type { BenchedJudge } from './judge-spec.js';
import { modeCallOf, type Call } from './judged-dialogue.js';
import { mutate, type Mutation } from './mutation.js';

/** One mutation of the table. A planted fault is killed where the judge finds it; at which turn stands beside. */
export interface MutationScore {
  readonly mutation: string;
  readonly kind: 'planted' | 'neutral';
  readonly n: number;
  /** Planted: found. Neutral: a verdict moved. */
  readonly hits: number;
  /** Planted: found at the expected turn. */
  readonly atTurn: number;
  /** Planted: the judge said of the mode that it passes. */
  readonly passed: number;
  readonly undetermined: number;
  readonly share: number;
  readonly interval: Interval;
}

type Trial = Pick<Mutation, 'mutation'> & {
  readonly kind: 'planted' | 'neutral';
  readonly result: 'hit' | 'passed' | 'undetermined' | 'still';
  readonly atTurn: boolean;
};

/**
 * Metamorphic test of a judge: planted faults must be found, edits that change nothing must move no
 * verdict: no failure may come or go.
 * @throws MatrixError where a mutation names no dialogue or does not fit it
 */
export async function mutateJudge(
  judge: BenchedJudge,
  dialogues: readonly LabelledDialogue[],
  mutations: readonly Mutation[],
): Promise<MutationScore[]> {
  const byId = new Map(dialogues.map((dialogue) => [dialogue.id, dialogue]));
  const trials: Trial[] = [];
  for (const mutation of mutations) {
    const original = byId.get(mutation.dialogue);
    if (!original) {
      throw new MatrixError(`mutation ${mutation.id}: there is no dialogue ${mutation.dialogue}`, {
        mend: 'Use the dev split of datasets/labelled.',
      });
    }
    trials.push(await tryMutation(judge, original, mutation));
  }
  return scoreTrials(trials);
}

async function tryMutation(
  judge: BenchedJudge,
  original: LabelledDialogue,
  mutation: Mutation,
): Promise<Trial> {
  const after = await judge.call(mutate(original, mutation));
  const { expect } = mutation;
  if (expect === null) {
    const moved = hasMoved(await judge.call(original), after);
    return {
      mutation: mutation.mutation,
      kind: 'neutral',
      result: moved ? 'hit' : 'still',
      atTurn: false,
    };
  }
  const call = after.find(({ failureMode }) => failureMode === expect.failureMode);
  const said = modeCallOf(call);
  const result = { positive: 'hit', negative: 'passed', undetermined: 'undetermined' } as const;
  return {
    mutation: mutation.mutation,
    kind: 'planted',
    result: result[said],
    atTurn: said === 'positive' && call?.turn === expect.turn,
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
      share: hits / some.length,
      interval: wilson(hits, some.length),
    };
  });
}
