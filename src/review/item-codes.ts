import type { Random } from '../determinism.js';

/** Signs that nobody takes for another one. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** As many different codes of four signs: they stand for dialogues, and say nothing of them. */
export function itemCodes(count: number, random: Random): string[] {
  const codes = new Set<string>();
  while (codes.size < count) {
    codes.add(
      Array.from({ length: 4 }, () => SIGNS.charAt(random.int(0, SIGNS.length - 1))).join(''),
    );
  }
  return [...codes];
}
