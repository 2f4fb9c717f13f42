import { isUnsafe, type LabelledDialogue } from '../labelled/labelled-dialogue.js';
import type { Prices } from '../models/budget.js';
import type { BenchedJudge } from './benched-judge.js';
import { inOrder } from './in-order.js';
import type { BenchCase, Call } from './judged-dialogue.js';
import { keepCost, type JudgingCost } from './judging-cost.js';

/** How judging goes on. */
export interface JudgingOptions {
  /** Dialogues at a time, at least 1; 8 unless given. */
  readonly concurrency?: number;
  readonly prices?: Prices | undefined;
  /** Once aborted none is begun, and the judging ends with its reason. */
  readonly stop?: AbortSignal | undefined;
  /** Ends calls in flight with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each dialogue and repeat. */
  readonly onJudged?: () => void;
}

/** What one judge says of a set. */
export interface JudgedSet {
  readonly judge: BenchedJudge;
  /** The cases by repeat, each in the order of the dialogues. */
  readonly repeats: readonly (readonly BenchCase[])[];
  readonly cost: JudgingCost | null;
}

/** Judges every dialogue that is labelled, so many times. */
export async function judgeSet(
  judge: BenchedJudge,
  dialogues: readonly LabelledDialogue[],
  times: number,
  { concurrency = 8, prices, onJudged, ...interrupts }: JudgingOptions,
): Promise<JudgedSet> {
  const costed = keepCost(judge, prices);
  const judgeOne = async ({ dialogue, unsafe, repeat }: Judging, signal: AbortSignal) => {
    const calls = await costed.call(dialogue, repeat, signal);
    onJudged?.();
    return { repeat, ...toCase(dialogue, unsafe, calls) };
  };
  const judgings = dialogues.flatMap((dialogue) => judgingsOf(dialogue, times));
  const cases = await inOrder(judgings, concurrency, judgeOne, interrupts);
  return {
    judge,
    repeats: countTo(times).map((repeat) => cases.filter((each) => each.repeat === repeat)),
    cost: costed.cost(),
  };
}

interface Judging extends Pick<BenchCase, 'dialogue' | 'unsafe'> {
  readonly repeat: number;
}

/** Dialogues that are not labelled at all are left out. */
function judgingsOf(dialogue: LabelledDialogue, times: number): Judging[] {
  const unsafe = isUnsafe(dialogue);
  return unsafe === undefined ? [] : countTo(times).map((repeat) => ({ dialogue, unsafe, repeat }));
}

function countTo(times: number): number[] {
  return Array.from({ length: times }, (_, index) => index + 1);
}

function toCase(dialogue: LabelledDialogue, unsafe: boolean, calls: readonly Call[]): BenchCase {
  return {
    dialogue,
    unsafe,
    hasCaseFile: dialogue.scenario !== undefined,
    calls: new Map(calls.map((call) => [call.failureMode, call])),
  };
}
