import type { Random } from '../determinism.js';

/** Without vowels there are no words in it, and no signs that a person takes for another one. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const DIGITS = '23456789';

/**
 * A letter, a digit, a letter, and either: a spreadsheet program takes none for a number, a date (MAR2)
 * or a truth value (TRUE), in whatever language.
 */
const PATTERN = [LETTERS, DIGITS, LETTERS, LETTERS + DIGITS];

/** As many different codes of four signs: they stand for dialogues, and say nothing of them. */
export function itemCodes(count: number, random: Random): string[] {
  const codes = new Set<string>();
  while (codes.size < count) codes.add(PATTERN.map((from) => signOf(from, random)).join(''));
  return [...codes];
}

function signOf(signs: string, random: Random): string {
  return signs.charAt(random.int(0, signs.length - 1));
}
