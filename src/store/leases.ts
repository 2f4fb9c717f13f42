import type { Attempt } from './run-record.js';

/** The two kinds of work on a dialogue, each a job of its own. */
export const STAGES = ['simulate', 'judge'] as const;
export type Stage = (typeof STAGES)[number];

/** Work on one dialogue that was given to one worker, until it ends or its lease does. */
export interface Lease {
  readonly run: string;
  readonly stage: Stage;
  /** Id of the dialogue. */
  readonly dialogue: string;
  /** Given once in a database, so that it tells a lease of all others: whoever is next has another. */
  readonly epoch: number;
}

/** The work was given to somebody else, or taken back: nothing more is written or called for it. */
export class LeaseLost extends Error {
  constructor({ run, stage, dialogue }: Lease) {
    super(`the lease to ${stage} ${run}/${dialogue} was lost`);
    this.name = 'LeaseLost';
  }
}

/** Has the database of a store execute a statement; values may be lists and objects too. */
export type Execute = (
  statement: string,
  values?: readonly unknown[],
) => Promise<{ rows: Record<string, unknown>[] }>;

/** What commits together with what a lease is for, or not at all. It may be done again. */
export interface Beside {
  readonly attempt: (execute: Execute, attempt: Attempt) => Promise<void>;
  readonly judgement: (execute: Execute) => Promise<void>;
}
