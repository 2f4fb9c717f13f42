import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { createLimiter } from '../../src/models/adaptive-limiter.js';
import { ModelError, type Failure } from '../../src/models/model-error.js';
import { retryAfterOf } from '../../src/models/retry-after.js';
import { withRetries, type RetryPolicy } from '../../src/models/retry.js';
import { failureOf, NO_JITTER } from './model-fixtures.js';

/** A clock that only sleeping and working move, so that no test waits. */
let time: number;
let waits: number[];

beforeEach(() => {
  time = 0;
  waits = [];
});
afterEach(() => {
  vi.useRealTimers();
});

function policy(overrides: Partial<RetryPolicy> = {}): RetryPolicy {
  return {
    timeout: 60_000,
    random: NO_JITTER,
    limiter: createLimiter(4),
    now: () => time,
    sleep: (wait) => {
      waits.push(wait);
      time += wait;
      return Promise.resolve();
    },
    ...overrides,
  };
}

/** Fails in these ways, then answers. */
function attemptsThat(...failures: (ModelError | Error)[]) {
  const left = [...failures];
  return vi.fn(() => {
    const failure = left.shift();
    return failure ? Promise.reject(failure) : Promise.resolve('answer');
  });
}

function fault(failure: Failure, retryAfter?: number): ModelError {
  return new ModelError(`it failed: ${failure}`, { failure, retryAfter });
}

const never = new AbortController().signal;

describe('withRetries', () => {
  it.each(['rate', 'server', 'connection', 'timeout', 'malformed'] as const)(
    'tries again after a failure of kind %s',
    async (kind) => {
      const result = await withRetries(attemptsThat(fault(kind), fault(kind)), policy(), never);
      expect(result).toEqual({ value: 'answer', attempts: 3 });
    },
  );

  it.each(['key', 'not-found', 'parameter', 'request', 'quota'] as const)(
    'gives up at once after a failure of kind %s',
    async (kind) => {
      const attempt = attemptsThat(fault(kind));
      expect(await failureOf(withRetries(attempt, policy(), never))).toMatchObject({
        failure: kind,
      });
      expect(attempt).toHaveBeenCalledTimes(1);
    },
  );

  it('lets its caller say what may pass', async () => {
    const attempt = attemptsThat(fault('server'));
    const careful = policy({ isTransient: ({ failure }) => failure === 'rate' });
    expect(await failureOf(withRetries(attempt, careful, never))).toMatchObject({
      failure: 'server',
    });
  });

  it('never repeats what is no ModelError', async () => {
    const defect = new TypeError('a defect');
    const attempt = attemptsThat(defect);
    expect(await failureOf(withRetries(attempt, policy(), never))).toBe(defect);
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('doubles the longest wait from half a second up to thirty, and makes eight attempts', async () => {
    const longest = { ...NO_JITTER, int: (_min: number, max: number) => max };
    const failures = Array.from({ length: 9 }, () => fault('server'));
    const attempt = attemptsThat(...failures);
    const patient = policy({ random: longest, timeout: 600_000 });
    expect(await failureOf(withRetries(attempt, patient, never))).toBe(failures[7]);
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000]);
  });

  it('spreads the waits over the whole of their range', async () => {
    const random = randomFrom('jitter');
    for (let run = 0; run < 200; run += 1) {
      await withRetries(attemptsThat(fault('server')), policy({ random }), never);
    }
    expect(Math.min(...waits)).toBeLessThan(50);
    expect(Math.max(...waits)).toBeGreaterThan(450);
    expect(Math.max(...waits)).toBeLessThanOrEqual(500);
  });

  it('waits as long as the server asks', async () => {
    await withRetries(attemptsThat(fault('rate', 8000)), policy(), never);
    expect(waits).toEqual([8000]);
  });

  it('does not begin a wait that would outlast its time', async () => {
    const attempt = attemptsThat(fault('server', 40_000), fault('rate', 20_000));
    const error = await failureOf(withRetries(attempt, policy(), never));
    expect(error).toMatchObject({ failure: 'rate' });
    expect(waits).toEqual([40_000]);
  });

  it('does not count the time until its turn comes', async () => {
    const limiter = createLimiter(1);
    const queued = policy({
      limiter: {
        run: (task, signal) => {
          time += 1_000_000;
          return limiter.run(task, signal);
        },
      },
    });
    const { attempts } = await withRetries(attemptsThat(fault('server')), queued, never);
    expect(attempts).toBe(2);
  });

  it('cuts a hanging attempt after half the time, and tries once more', async () => {
    vi.useFakeTimers();
    const hanging = vi.fn(() => new Promise<never>(() => undefined));
    const events: unknown[] = [];
    const outcome = failureOf(
      withRetries(
        hanging,
        policy({
          now: () => Date.now(),
          target: 'the model server for openai:slow',
          onRetry: (event) => events.push(event),
        }),
        never,
      ),
    );
    await vi.advanceTimersByTimeAsync(29_999);
    expect(hanging).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(hanging).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await outcome).toMatchObject({
      failure: 'timeout',
      message:
        'no answer from the model server for openai:slow within 60 s (a try has half of the time)',
    });
    expect(events).toEqual([{ failure: 'timeout', status: undefined, attempt: 1, wait: 0 }]);
  });

  it('stops at once when its caller aborts an attempt', async () => {
    const caller = new AbortController();
    const heard: unknown[] = [];
    const attempt = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => heard.push(signal.reason));
      caller.abort(new Error('enough'));
      return new Promise<never>(() => undefined);
    };
    const error = await failureOf(withRetries(attempt, policy(), caller.signal));
    expect(error).toMatchObject({ message: 'enough' });
    expect(heard).toEqual([error]);
  });

  it('stops at once when its caller aborts a wait', async () => {
    const caller = new AbortController();
    const attempt = attemptsThat(fault('rate', 30_000));
    const outcome = failureOf(
      withRetries(
        attempt,
        { timeout: 60_000, random: NO_JITTER, limiter: createLimiter(1) },
        caller.signal,
      ),
    );
    await vi.waitUntil(() => attempt.mock.settledResults.length === 1);
    caller.abort(new Error('enough'));
    expect(await outcome).toMatchObject({ message: 'enough' });
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('tells of each attempt how long it waited until the limiter let it begin', async () => {
    const admitted: number[] = [];
    const limiter = {
      run: <T>(task: () => Promise<T>) => {
        time += 40;
        return task();
      },
    };
    const attempt = attemptsThat(fault('server'));
    const onAdmitted = (wait: number) => admitted.push(wait);
    await withRetries(attempt, policy({ limiter, onAdmitted }), never);
    expect(admitted).toEqual([40, 40]);
  });
});

describe('retryAfterOf', () => {
  const now = () => Date.parse('2026-11-01T10:00:00Z');
  it.each([
    [{ 'retry-after': '8' }, 8000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '250', 'retry-after': '8' }, 250],
    [{ 'retry-after': 'Sun, 01 Nov 2026 10:01:30 GMT' }, 90_000],
    [{ 'retry-after': 'Sun, 01 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads %j', (headers, wait) => {
    expect(retryAfterOf(new Headers(headers), now)).toBe(wait);
  });
});
