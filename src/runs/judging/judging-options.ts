import type { Clock } from '../../determinism.js';
import type { BehvJudge } from '../../judge/behv-judge.js';
import type { Logger } from '../../logger.js';
import type { Budget } from '../../models/budget.js';
import type { Judging } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import type { Observer } from '../../telemetry/observer.js';

export interface JudgeRunOptions {
  readonly store: RunStore;
  /** Path of the store: what is asked in batches is kept beside it. */
  readonly storeFile: string;
  readonly judge: BehvJudge;
  readonly budget: Budget;
  readonly clock: Clock;
  /** Dialogues judged at one time, at least 1. */
  readonly concurrency: number;
  /** Once aborted no further dialogue is begun; those in flight are finished and stored. */
  readonly stop: AbortSignal;
  /** Ends calls in flight with its reason; what they were answered before is kept. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Asks the first calls in batches, where given. */
  readonly batch?: BatchAsking | undefined;
  /** Called with the number of dialogues that wait for their verdicts. */
  readonly onBegin: (waiting: number) => void;
  readonly onJudged: () => void;
  readonly observer?: Observer | undefined;
}

export interface BatchAsking {
  /** Milliseconds between looks until all batches have ended; unless given, there is one look. */
  readonly waitEvery?: number | undefined;
  /** Called with what was submitted, and with each look while it waits. */
  readonly onProgress: (underWay: BatchesUnderWay) => void;
}

/** A batch that is not fetched yet. */
export interface BatchProgress {
  readonly id: string;
  readonly model: string;
  readonly calls: number;
  readonly answered: number;
  /** The provider's own word. */
  readonly status: string;
}

export interface BatchesUnderWay {
  readonly state: 'submitted' | 'waiting' | 'interrupted';
  /** The judging for which they are. */
  readonly judgingId: string;
  readonly batches: readonly BatchProgress[];
}

/** How far a judging came. */
export type JudgeOutcome =
  | { readonly state: 'judged' | 'interrupted' | 'budget' | 'failed'; readonly judging: Judging }
  | BatchesUnderWay;
