import {
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { EXIT, MatrixError } from './errors.js';

/**
 * Writes a text as a file, whole or not at all: what was there stays until all of it is on disk.
 * @throws MatrixError where it cannot be written
 */
export function writeWhole(file: string, text: string): void {
  const target = targetOf(file);
  try {
    if (target.isWrittenInPlace) return writeFileSync(target.path, text);
    writeFileSync(target.part, text, { flush: true });
    renameSync(target.part, target.path);
  } catch (cause) {
    discard(target);
    throw notWritten(file, cause);
  }
}

/**
 * As {@link writeWhole}, for what is too large for one text.
 * @param write is given the path to write to
 */
export async function fillWhole(
  file: string,
  write: (path: string) => Promise<void>,
): Promise<void> {
  const target = targetOf(file);
  try {
    if (target.isWrittenInPlace) return await write(target.path);
    await write(target.part);
    renameSync(target.part, target.path);
  } catch (cause) {
    discard(target);
    throw notWritten(file, cause);
  }
}

/** As {@link fillWhole}, for files of which all are wanted or none. */
export function fillAllWhole(
  files: readonly string[],
  write: (paths: readonly string[]) => Promise<void>,
): Promise<void> {
  const [file, ...rest] = files;
  if (file === undefined) return write([]);
  return fillWhole(file, (path) => fillAllWhole(rest, (paths) => write([path, ...paths])));
}

/** @throws MatrixError where the file is there already */
export function assertFree(file: string): void {
  if (!existsSync(file)) return;
  throw new MatrixError(`${file} is there already`, {
    mend: 'Name another file, or overwrite it with --force.',
  });
}

/** The place is right, and has no room: what was done stays, and goes on once there is. */
const FULL: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** A failure of the system, as one that names the file; any other as it is. */
export function notWritten(file: string, cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === undefined || cause instanceof MatrixError) return cause;
  return new MatrixError(`${file}: cannot be written (${code})`, {
    mend: 'Check the path, its permissions and that there is room, or name another file.',
    exitCode: FULL.includes(code) ? EXIT.incomplete : EXIT.usage,
    cause,
  });
}

/**
 * Makes a folder within one that is there: below /proc a recursive mkdir of Node 20 never returns.
 * @throws MatrixError where it cannot be made
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  try {
    mkdirSync(folder);
  } catch (cause) {
    throw notWritten(folder, cause);
  }
}

interface Target {
  readonly path: string;
  /** Where it grows until it is whole. */
  readonly part: string;
  /** Devices and pipes are no files to be replaced. */
  readonly isWrittenInPlace: boolean;
}

function targetOf(file: string): Target {
  if (!existsSync(file)) return { path: file, part: partOf(file), isWrittenInPlace: false };
  const path = realpathSync(file);
  return { path, part: partOf(path), isWrittenInPlace: !statSync(path).isFile() };
}

function partOf(path: string): string {
  return `${path}.${process.pid}.part`;
}

function discard({ part, isWrittenInPlace }: Target): void {
  if (isWrittenInPlace) return;
  try {
    rmSync(part, { force: true });
  } catch {
    // Where nothing can be written there is nothing to take away.
  }
}
