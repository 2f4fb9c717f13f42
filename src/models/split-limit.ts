import type { Met } from './shared-limiter.js';

export interface FoundLimit {
  /** Calls at once, of all together; null while the server refused none. */
  readonly limit: number | null;
  /** Counts the cuts. */
  readonly epoch: number;
}

/**
 * What several find a server's limit to be, by the rule of a limiter that is alone: it falls by a fifth
 * at a refusal, once for all calls that were begun before, and grows by about one for as many successes
 * as itself.
 * @param ceiling what all who take part ask for together
 */
export function nextLimit(
  { limit, epoch }: FoundLimit,
  { epoch: known, successes, isRefused }: Met,
  ceiling: number,
): FoundLimit {
  // What was met under an earlier limit tells nothing of this one.
  if (known !== epoch) return { limit, epoch };
  const now = limit ?? ceiling;
  const grown = Math.max(now, Math.min(ceiling, now + successes / now));
  if (isRefused) return { limit: Math.max(1, grown * 0.8), epoch: epoch + 1 };
  return { limit: limit === null ? null : grown, epoch };
}

/**
 * Shares whole calls out evenly: to none more than it asks for, and to none less than one, since
 * dialogues without a call would wait for ever.
 * @param asked at least 1 each
 */
export function splitLimit(limit: number, asked: readonly number[]): number[] {
  const shares = asked.map(() => 1);
  for (let left = Math.floor(limit) - shares.length, isGiving = true; isGiving && left > 0;) {
    isGiving = false;
    for (const [index, most] of asked.entries()) {
      const share = shares[index] ?? most;
      if (left <= 0 || share >= most) continue;
      shares[index] = share + 1;
      left -= 1;
      isGiving = true;
    }
  }
  return shares;
}
