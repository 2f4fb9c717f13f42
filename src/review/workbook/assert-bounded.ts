import { inflateRawSync } from 'node:zlib';
import { zipEntries, type ZipEntry } from './zip-entries.js';

const MOST = { bytes: 200 * 2 ** 20, cells: 1_000_000 };

/**
 * Reads through an archive before anything is made of it: a small file may stand for more than any
 * memory holds, and the library behind walks every cell of a range that somebody names.
 * @throws RangeError where it unpacks to more than 200 MiB or 1,000,000 cells, or is no archive
 */
export function assertBounded(archive: Buffer, most = MOST): void {
  let bytes = 0;
  let cells = 0;
  for (const entry of zipEntries(archive)) {
    const unpacked = unpack(entry, most.bytes - bytes);
    bytes += unpacked.length;
    if (/\.xml$/i.test(entry.name)) cells += cellsOf(unpacked.toString('latin1'));
    if (cells > most.cells) throw new RangeError(`more than ${most.cells} cells`);
  }
}

function unpack({ data, method }: ZipEntry, most: number): Buffer {
  if (method !== 0) return inflateRawSync(data, { maxOutputLength: Math.max(1, most) });
  if (data.length > most) throw new RangeError('too large once it is unpacked');
  return data;
}

/** Cells and rows of a part, and the cells of ranges that it gives names to. */
function cellsOf(xml: string): number {
  // A place far beyond the last row is walked to, row by row.
  if (/\sr\s*=\s*["'](?:[A-Za-z]*\d{8}|[^"'<]*&)/.test(xml)) return Infinity;
  let cells = xml.match(/<(?:c|row)[\s/>]/g)?.length ?? 0;
  for (const [, names = ''] of xml.matchAll(/<definedName\b[^>]*>([^<]*)/g)) {
    for (const range of names.matchAll(/\$(\w+)\$(\d+):\$(\w+)\$(\d+)/g)) cells += sizeOf(range);
  }
  return cells;
}

function sizeOf([, left = '', top, right = '', bottom]: RegExpMatchArray): number {
  const rows = Math.abs(Number(bottom) - Number(top)) + 1;
  return rows * (Math.abs(columnOf(right) - columnOf(left)) + 1);
}

function columnOf(letters: string): number {
  return Array.from(letters.toUpperCase()).reduce(
    (number, letter) => number * 26 + letter.charCodeAt(0) - 64,
    0,
  );
}
