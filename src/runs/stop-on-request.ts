import { setTimeout as delay } from 'node:timers/promises';
import type { RunStore } from '../store/run-store.js';

/** Milliseconds between two looks into the store. */
const LOOK_EVERY = 1000;

export interface StopOptions {
  /** Aborts at Ctrl-C. */
  readonly stop: AbortSignal;
  /** Milliseconds between two looks for a request. */
  readonly lookEvery?: number | undefined;
}

/**
 * Does work on a run with a signal that aborts where `stop` does, and where somebody asks for that
 * through the store. What was asked before is forgotten.
 */
export async function stopOnRequest<T>(
  store: RunStore,
  run: string,
  { stop, lookEvery = LOOK_EVERY }: StopOptions,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  await store.clearStop(run);
  const requested = new AbortController();
  const over = new AbortController();
  const looking = look(store, run, lookEvery, over.signal).then((found) => {
    if (found) requested.abort(new Error('somebody asked through the store that it stop'));
  });
  try {
    return await work(AbortSignal.any([stop, requested.signal]));
  } finally {
    over.abort();
    await looking;
    await store.clearStop(run);
  }
}

/** @returns whether somebody asked before it was over */
async function look(
  store: RunStore,
  run: string,
  every: number,
  over: AbortSignal,
): Promise<boolean> {
  for (;;) {
    await delay(every, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return false;
    // What ails the store, the work itself meets and tells.
    if (await store.isStopRequested(run).catch(() => false)) return true;
  }
}
