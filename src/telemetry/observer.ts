import type { RecorderOptions } from '../calls/call-recorder.js';
import type { OnTurn } from '../dialogue/state.js';
import type { ModelContext } from '../models/open-model.js';
import type { Attempt, DialogueKey } from '../store/run-record.js';

/** Hears what is done, to tell it elsewhere. It decides nothing, and never throws. */
export interface Observer {
  readonly models: Pick<ModelContext, 'onRetry' | 'onAdmitted'>;
  /** @param work what is done with the run: all of it, or its dialogues are only judged */
  run(id: string, work: 'run' | 'judge'): RunObservation;
}

/** Something under way; one of the two is called as it ends. */
export interface Observation<T> {
  end(result: T): void;
  fail(error: unknown): void;
}

export interface RunObservation extends Observation<unknown> {
  /** @param attempt counts the tries at this dialogue from 1 */
  dialogue(key: DialogueKey, attempt: number): DialogueObservation;
  /** It ends with whether the verdicts stand, or the dialogue waits for them. */
  judging(key: DialogueKey, judging: string): JudgingObservation;
}

type CallsObservation = Pick<RecorderOptions, 'onAnswer' | 'onFailedCall'>;

export interface DialogueObservation extends Observation<Attempt> {
  readonly calls: CallsObservation;
  readonly onTurn?: OnTurn;
}

export interface JudgingObservation extends Observation<boolean> {
  readonly calls: CallsObservation;
}

const unheard = () => undefined;
const NOTHING = { end: unheard, fail: unheard, calls: {} };

export const UNOBSERVED_RUN: RunObservation = {
  ...NOTHING,
  dialogue: () => NOTHING,
  judging: () => NOTHING,
};

export const UNOBSERVED: Observer = { models: {}, run: () => UNOBSERVED_RUN };

/** Does work, and tells its observation how it ended. */
export async function watched<T>(
  observation: Observation<NoInfer<T>>,
  work: () => Promise<T>,
): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    observation.fail(error);
    throw error;
  }
  observation.end(result);
  return result;
}
