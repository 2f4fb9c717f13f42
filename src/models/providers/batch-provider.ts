import type { ChatAnswer, ChatRequest } from '../chat-model.js';

/** A batch as its provider sees it at present. */
export interface BatchLook {
  readonly id: string;
  /** The provider's own word. */
  readonly status: string;
  /** Nothing more will come of it. */
  readonly hasEnded: boolean;
  /** It was worked off to the last call, though single calls may have failed. */
  readonly isComplete: boolean;
  readonly answered: number;
  readonly total: number;
  /** Why it failed as a whole, where it did and the provider says so. */
  readonly problem: string | undefined;
  /** Ids of the files that hold answers and failures. */
  readonly files: readonly string[];
}

/** A provider that takes many calls at once and answers within a day. Its failures are ModelErrors. */
export interface BatchProvider {
  readonly server: string;
  /** A call as a line of a batch's file. */
  line(customId: string, request: ChatRequest): string;
  /** @returns the id of the batch */
  submit(lines: readonly string[]): Promise<string>;
  look(id: string): Promise<BatchLook>;
  /** The answers by custom id; calls that failed, or cannot be read, are missing. */
  answers(look: BatchLook): Promise<ReadonlyMap<string, ChatAnswer>>;
}
