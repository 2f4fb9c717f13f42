import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../determinism.js';
import type { AdaptiveLimiter } from './adaptive-limiter.js';
import { inTime } from './in-time.js';
import { ModelError, type Failure } from './model-error.js';

/** A failed attempt that is followed by another. */
export interface RetryEvent {
  readonly failure: Failure;
  readonly status: number | undefined;
  /** Counted from 1. */
  readonly attempt: number;
  /** Milliseconds until the next. */
  readonly wait: number;
}

export interface RetryPolicy {
  /** Milliseconds for all attempts and the waits between them; waiting for the limiter does not count. */
  readonly timeout: number;
  readonly random: Random;
  readonly limiter: Pick<AdaptiveLimiter, 'run'>;
  /** What is called, as a timeout's message names it. */
  readonly target?: string;
  /** Failures to try again after; unless given, all that may pass. */
  readonly isTransient?: (error: ModelError) => boolean;
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
  readonly now?: () => number;
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Told how many milliseconds each attempt waited until the limiter let it begin. */
  readonly onAdmitted?: ((wait: number) => void) | undefined;
}

const TRANSIENT: readonly Failure[] = ['rate', 'server', 'connection', 'timeout', 'malformed'];
const MOST_ATTEMPTS = 8;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
/** With fewer milliseconds left nothing is begun: timers fire a little early. */
const SHORTEST_ATTEMPT = 10;

/**
 * Makes a call, again after failures that may pass: rate, server, connection, timeout, malformed. It
 * waits as the server asks, else 0.5 s doubled each time, with full jitter. One attempt has half of
 * the time at most, so that a server that hangs is tried twice; there are at most 8.
 * @throws ModelError the last, once time or attempts are used up
 * @throws the signal's reason where it aborts
 */
export async function withRetries<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  policy: RetryPolicy,
  signal: AbortSignal,
): Promise<{ value: T; attempts: number }> {
  const { timeout, limiter, sleep = pause, now = () => performance.now() } = policy;
  // Every dialogue's calls may listen to the one signal of a run: no leak.
  setMaxListeners(0, signal);
  const { onRetry, onAdmitted } = policy;
  let spent = 0;
  for (let attempts = 1; ; attempts += 1) {
    const queued = now();
    try {
      const value = await limiter.run(async () => {
        const began = now();
        onAdmitted?.(began - queued);
        const limit = Math.min(timeout / 2, timeout - spent);
        return inTime(limit, signal, attempt, () => overdue(policy)).finally(() => {
          spent += now() - began;
        });
      }, signal);
      return { value, attempts };
    } catch (error) {
      if (!(error instanceof ModelError) || !isTransient(error, policy)) throw error;
      const wait = error.retryAfter ?? backOff(attempts, policy.random);
      if (attempts === MOST_ATTEMPTS || timeout - spent - wait < SHORTEST_ATTEMPT) throw error;
      onRetry?.({ failure: error.failure, status: error.status, attempt: attempts, wait });
      await sleep(wait, signal);
      spent += wait;
    }
  }
}

function isTransient(error: ModelError, policy: RetryPolicy): boolean {
  return policy.isTransient?.(error) ?? TRANSIENT.includes(error.failure);
}

function backOff(attempts: number, random: Random): number {
  return random.int(0, Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1)));
}

function overdue({ timeout, target }: RetryPolicy): ModelError {
  const from = target === undefined ? '' : ` from ${target}`;
  return new ModelError(
    `no answer${from} within ${timeout / 1000} s (a try has half of the time)`,
    { failure: 'timeout' },
  );
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
