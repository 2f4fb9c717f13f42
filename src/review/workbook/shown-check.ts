import type { Cell } from '../sheet.js';
import { byCode } from './by-code.js';
import type { Key } from './read-key.js';
import { hashOfRows, type ShownRow } from './shown-rows.js';

/** Stands for the hash of a transcript whose words are not those that were shown; no hash reads so. */
export const CHANGED = 'changed';

/** A row that was shown, where it stands now. */
export interface RowInPlace {
  readonly code: string;
  readonly shown: ShownRow;
  readonly at: string;
}

/** The hash of each code's transcript, or {@link CHANGED} where its first row stands. */
export function checkShown(key: Key, rows: readonly RowInPlace[], sheet: string) {
  const places = byCode(rows, ({ code }) => code);
  return (code: string): Cell => {
    const entry = key.codes.get(code);
    if (!entry) return { text: '', at: 'sheet Key' };
    const found = places.get(code) ?? [];
    if (hashOfRows(found.map(({ shown }) => shown)) === entry.shown) return entry.transcript;
    return { text: CHANGED, at: found[0]?.at ?? `sheet ${sheet}` };
  };
}
