import { isLocked } from './store-error.js';

/** Milliseconds that the engine itself waits for another writer, where it waits at all. */
export const ENGINE_PATIENCE = 10_000;

const TRIES = 20;
const PAUSE = 50;

/**
 * Does what another process may be in the way of, again where it was: the engine refuses some locks
 * at once (a change to WAL, recovery, a read that is to become a write) without waiting for them. The
 * pause holds the thread, as the engine's own does. @throws what the last try threw
 */
export function patiently<T>(work: () => T): T {
  for (let left = TRIES; ; left -= 1) {
    const began = performance.now();
    try {
      return work();
    } catch (error) {
      const waited = performance.now() - began > ENGINE_PATIENCE / 2;
      if (waited || left <= 1 || !isLocked(error)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
