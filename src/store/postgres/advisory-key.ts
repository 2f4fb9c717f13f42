import { createHash } from 'node:crypto';

/** What an advisory lock is taken for. */
type Purpose = 'migrate' | 'work' | 'number';

/** A key for an advisory lock, a signed integer of 64 bits: one for each purpose and run. */
export function advisoryKey(purpose: Purpose, run = ''): string {
  const digest = createHash('sha256').update(`matrix-sim ${purpose} ${run}`).digest();
  return digest.readBigInt64BE().toString();
}
