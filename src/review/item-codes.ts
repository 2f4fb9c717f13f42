import type { Random } from '../determinism.js';

/** Signs that nobody takes for another one; the first is a letter, so that no program sees a number. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const SIGNS = `${LETTERS}23456789`;

/** As many different codes of four signs: they stand for dialogues, and say nothing of them. */
export function itemCodes(count: number, random: Random): string[] {
  const codes = new Set<string>();
  while (codes.size < count) {
    codes.add([LETTERS, SIGNS, SIGNS, SIGNS].map((from) => signOf(from, random)).join(''));
  }
  return [...codes];
}

function signOf(signs: string, random: Random): string {
  return signs.charAt(random.int(0, signs.length - 1));
}
