/** The first place at which a value is another than it was. */
export interface Difference {
  /** Where it stands, for a person: `turn 6`, `call 2 of patient, messages[1].text`. */
  readonly where: string;
  /** The words that differ, with those around them; null where there was nothing. */
  readonly was: string | null;
  /** As `was`, of what came out now. */
  readonly now: string | null;
}

/**
 * Walks two values that JSON can hold and finds where they part first, in the order of the first one's
 * keys; a key without a value is none. Undefined where they are the same.
 */
export function firstDifference(was: unknown, now: unknown, where = ''): Difference | undefined {
  if (isNested(was) && isNested(now) && Array.isArray(was) === Array.isArray(now)) {
    for (const key of keysOf(was, now)) {
      const place = Array.isArray(was) ? `${where}[${key}]` : `${where}${where && '.'}${key}`;
      const found = firstDifference(was[key], now[key], place);
      if (found) return found;
    }
    return undefined;
  }
  if (was === now) return undefined;
  if (typeof was === 'string' && typeof now === 'string') {
    return { where, ...differingWords(was, now) };
  }
  return { where, was: shown(was), now: shown(now) };
}

function isNested(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function keysOf(...values: readonly Readonly<Record<string, unknown>>[]): string[] {
  return [...new Set(values.flatMap((value) => Object.keys(value)))];
}

/** Signs of a value at most. */
const LONGEST = 240;

function shown(value: unknown): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Words shown on either side of what differs. */
const AROUND = 6;
/** Words shown of what differs, at most. */
const MOST = 30;

/** Two texts, each cut to the words that differ and some around them. */
export function differingWords(was: string, now: string): { was: string; now: string } {
  const [before, after] = [was.split(/(?<=\s)/), now.split(/(?<=\s)/)];
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { was: cut(before, start, end), now: cut(after, start, end) };
}

function cut(words: readonly string[], start: number, end: number): string {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(words.length - end + AROUND, start + MOST, words.length);
  const text = words.slice(from, to).join('').trim();
  return `${from > 0 ? '… ' : ''}${text}${to < words.length ? ' …' : ''}`;
}
