const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/**
 * The whole numbers in a text, by digits or in words up to ninety-nine; hundreds and decimals come
 * as their parts ("36.9" and "thirty-six nine" both give 36 and 9).
 */
export function numbersIn(text: string): Set<number> {
  const tokens = text.toLowerCase().match(/\d+|[a-z]+/g) ?? [];
  const found = new Set<number>();
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    const tens = tensOf(token);
    const unit = tens === undefined ? undefined : unitOf(tokens[index + 1]);
    if (unit !== undefined) index += 1;
    const value = tens === undefined ? countOf(token) : tens + (unit ?? 0);
    if (value !== undefined) found.add(value);
  }
  return found;
}

/** Whether a number was said in another way: 1958 as nineteen fifty-eight, 999 as nine nine nine. */
export function isAmong(number: number, known: ReadonlySet<number>): boolean {
  const all = new Set([0, ...known, ...[...known].flatMap(partsOf)]);
  const parts = partsOf(number);
  return all.has(number) || (parts.length > 0 && parts.every((part) => all.has(part)));
}

/** How a number of three digits or more is said by smaller ones: a year in two halves, others by digit. */
function partsOf(number: number): number[] {
  if (number < 100) return [];
  const isYear = number >= 1900 && number < 2100;
  return isYear ? [Math.floor(number / 100), number % 100] : Array.from(String(number), Number);
}

function tensOf(word: string): number | undefined {
  const plain = word.replace(/ieth$/, 'y');
  const index = TENS.indexOf(plain);
  return index < 0 ? undefined : 20 + 10 * index;
}

function unitOf(word: string | undefined): number | undefined {
  const value = word === undefined ? -1 : Math.max(UNITS.indexOf(word), ORDINALS.indexOf(word));
  return value > 0 && value < 10 ? value : undefined;
}

function countOf(token: string): number | undefined {
  if (/^\d+$/.test(token)) return Number(token);
  const value = Math.max(UNITS.indexOf(token), ORDINALS.indexOf(token));
  return value < 0 ? undefined : value;
}
