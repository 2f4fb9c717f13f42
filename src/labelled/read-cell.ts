import { MatrixError } from '../errors.js';

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', '1', 'yes'].map((word) => [word, true] as const),
  ...['false', '0', 'no'].map((word) => [word, false] as const),
]);

/** A single value as text; undefined where the cell is empty. @throws MatrixError where it is a list or object */
export function textOf(value: unknown, where: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new MatrixError(`${where}: is no single value`, { mend: 'Write text, or true or false.' });
}

/** A value of theirs as ours; what is not listed stays as it is. */
export function translate(
  value: string | undefined,
  values: Readonly<Record<string, string>> = {},
): string | undefined {
  return value !== undefined && Object.hasOwn(values, value) ? values[value] : value;
}

/** @throws MatrixError where the word is neither true nor false */
export function readBoolean(word: string | undefined, where: string): boolean | undefined {
  if (word === undefined) return undefined;
  const value = BOOLEANS.get(word.toLowerCase());
  if (value !== undefined) return value;
  throw new MatrixError(`${where}: "${word.slice(0, 60)}" is neither true nor false`, {
    mend: 'Write true or false, 1 or 0, yes or no; leave it empty where nobody has labelled.',
  });
}
