import type { Random } from '../determinism.js';

/** A name for a process that works on queued runs, which no other has: `w-3f9a61c04d2b`. */
export function workerId(random: Random): string {
  const digits = Array.from({ length: 12 }, () => random.int(0, 15).toString(16));
  return `w-${digits.join('')}`;
}
