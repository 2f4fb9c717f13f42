import { EXIT, MatrixError, reasonOf } from '../../errors.js';
import { DAMAGE_MEND } from '../kysely/stored-record.js';

interface Failure {
  readonly what: string;
  readonly mend: string;
  /** What is stored is whole, and can be gone on with once that is mended. */
  readonly passes?: boolean;
}

const DAMAGED: Failure = { what: 'is damaged', mend: DAMAGE_MEND };
const LOCKED: Failure = {
  what: 'is being written to by another process, for longer than was waited',
  mend: 'Wait until the other ends, or give each run a store of its own (--store).',
  passes: true,
};
const READ_ONLY: Failure = {
  what: 'can be read, but not written',
  mend: 'Mend the permissions of the file and its folder, or name another file with --store.',
};
const UNREACHABLE: Failure = {
  what: 'cannot be opened',
  mend: 'Check the path and its permissions, or name another file with --store.',
};
const FULL: Failure = {
  what: 'cannot be used: the disk is full, or a limit on the size of files is reached',
  mend: 'Make room; what is stored stays.',
  passes: true,
};
const UNWRITABLE: Failure = {
  what: 'cannot be used: the disk failed, or is full',
  mend: 'Make room, or look at the disk; what is stored stays.',
  passes: true,
};

/** By the primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const FAILURES: Readonly<Record<number, Failure>> = {
  5: LOCKED,
  6: LOCKED,
  8: READ_ONLY,
  10: UNWRITABLE,
  11: DAMAGED,
  13: FULL,
  14: UNREACHABLE,
  26: { what: 'cannot be opened: it is no store, or damaged at its beginning', mend: DAMAGE_MEND },
};

/** Statements are ours and the schema is known, so what they do not find was lost. */
const LOST = /^no such (table|column)|has no column|malformed/;

/** The primary result code of what the engine threw; undefined for anything else. */
function codeOf(cause: unknown): number | undefined {
  const { rawCode } = cause as { rawCode?: unknown };
  return typeof rawCode === 'number' ? rawCode & 0xff : undefined;
}

export function isLocked(cause: unknown): boolean {
  const code = codeOf(cause);
  return code !== undefined && FAILURES[code] === LOCKED;
}

/** The primary result code of a constraint that is not met. */
const CONSTRAINT = 19;

export function isConstraint(cause: unknown): boolean {
  return codeOf(cause) === CONSTRAINT;
}

/** A failure of the medium is the user's to mend and names the file; any other is a defect, and as it was. */
export function storeError(cause: unknown, file: string): unknown {
  const code = codeOf(cause);
  if (code === undefined) return cause;
  const message = reasonOf(cause);
  const failure = FAILURES[code] ?? (LOST.test(message) ? DAMAGED : undefined);
  if (!failure) return cause;
  return new MatrixError(`store ${file} ${failure.what} (${message})`, {
    mend: failure.mend,
    exitCode: failure.passes ? EXIT.incomplete : EXIT.usage,
    cause,
  });
}
