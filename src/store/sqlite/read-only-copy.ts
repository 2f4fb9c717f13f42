import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface ReadOnlyCopy {
  readonly file: string;
  remove(): void;
}

/** Whether a file is there that cannot be written, or that stands in a folder that cannot. */
export function isReadOnly(file: string): boolean {
  return existsSync(file) && ![file, path.dirname(file)].every(isWritable);
}

function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A copy of a store that cannot be written, with what was not yet moved from its log into it. The
 * engine must write beside a store even to read it; opened as `immutable` it would leave out the log,
 * and a store of an older schema could not be brought to the present one.
 */
export function copyToRead(file: string): ReadOnlyCopy {
  const folder = mkdtempSync(path.join(tmpdir(), 'matrix-store-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const copy = path.join(folder, 'store.db');
  try {
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  } catch (error) {
    remove();
    throw error;
  }
  return { file: copy, remove };
}
