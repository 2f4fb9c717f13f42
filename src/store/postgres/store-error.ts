import { EXIT, MatrixError, reasonOf } from '../../errors.js';
import { StoreBusy, StoreUnreachable } from '../store-unreachable.js';
import { DAMAGE_MEND } from '../kysely/stored-record.js';

interface Failure {
  readonly what: string;
  readonly mend: string;
  /** What is stored is whole, and can be gone on with once that is mended. */
  readonly passes?: boolean;
}

const UNREACHABLE: Failure = {
  what: 'cannot be reached',
  mend: 'Start the server, or check host, port and network; what is stored stays.',
  passes: true,
};
const REFUSED: Failure = {
  what: 'lets nobody in under that name',
  mend: 'Check user and password: in the address, in PGPASSWORD, or in ~/.pgpass.',
};
const LOCKED: Failure = {
  what: 'is being written to by another process, for longer than was waited',
  mend: 'Wait until the other ends, or stop it; what is stored stays.',
  passes: true,
};
const FULL: Failure = {
  what: 'cannot take more: its disk, memory or connections are used up',
  mend: 'Make room on the server, or end what else is connected to it; what is stored stays.',
  passes: true,
};

/** By SQLSTATE, or its class (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const FAILURES: Readonly<Record<string, Failure>> = {
  '08': UNREACHABLE,
  '57P': UNREACHABLE,
  '25P03': UNREACHABLE,
  '25006': {
    what: 'can be read, but not written',
    mend: 'Name the server that takes writes, not a copy of it, with --store.',
  },
  '28': REFUSED,
  '3D000': {
    what: 'is not there: the server has no such database',
    mend: 'Make it with: createdb NAME, or name another with --store.',
  },
  '40': LOCKED,
  '42501': {
    what: 'does not give this user the rights',
    mend: 'Let its owner open it first, then grant what docs/stores.md lists, or connect as its owner.',
  },
  '42P01': { what: 'is damaged', mend: DAMAGE_MEND },
  '42703': { what: 'is damaged', mend: DAMAGE_MEND },
  '42P07': {
    what: 'has tables of something else under our names',
    mend: 'Give runs a database of their own: createdb NAME.',
  },
  '22021': {
    what: 'cannot hold a text with NUL or half a character outside of a record',
    mend: 'Keep that run in a file: --store FILE.db.',
  },
  '53': FULL,
  '55P03': LOCKED,
  XX001: { what: 'is damaged', mend: DAMAGE_MEND },
  XX002: { what: 'is damaged', mend: DAMAGE_MEND },
};

/** Of the operating system, as Node names them. */
const NETWORK =
  /^(ECONN|EHOST|ENET|ENOTFOUND|ENOENT|EAI_|EPIPE|ETIMEDOUT|EADDR|EACCES|CERT_|ERR_TLS|DEPTH_|SELF_SIGNED|UNABLE_TO)/;

/** What the driver says without a code. */
const CUT_OFF =
  /Connection terminated|not queryable|timeout exceeded when trying to connect|timeout expired|server does not support SSL/;
const NO_PASSWORD = 'client password must be';

function codeOf(cause: unknown): string | undefined {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function failureOf(code: string | undefined, message: string): Failure | undefined {
  if (code === undefined) {
    if (CUT_OFF.test(message)) return UNREACHABLE;
    return message.includes(NO_PASSWORD) ? REFUSED : undefined;
  }
  if (NETWORK.test(code)) return UNREACHABLE;
  return FAILURES[code] ?? FAILURES[code.slice(0, 3)] ?? FAILURES[code.slice(0, 2)];
}

/** Given up for another transaction, and worth doing again: serialisation failures and deadlocks. */
export function isGivenUp(cause: unknown): boolean {
  return rootCodes(cause).some((code) => code === '40001' || code === '40P01');
}

/** Class 23: a row that is there already, or lacks what it belongs to. */
export function isConstraint(cause: unknown): boolean {
  return rootCodes(cause).some((code) => code.startsWith('23'));
}

function rootCodes(cause: unknown): string[] {
  const causes = [cause, (cause as Error | undefined)?.cause];
  return causes.flatMap((each) => codeOf(each) ?? []);
}

function kindOf(failure: Failure): typeof MatrixError {
  if (failure === UNREACHABLE) return StoreUnreachable;
  return failure === LOCKED ? StoreBusy : MatrixError;
}

/** A failure of the server is somebody's to mend and names it; any other is a defect, and as it was. */
export function storeError(cause: unknown, name: string): unknown {
  if (cause instanceof MatrixError) return cause;
  // Of several addresses that were tried, the first tells.
  const [first = cause] = cause instanceof AggregateError ? (cause.errors as unknown[]) : [cause];
  const message = reasonOf(first);
  const failure = failureOf(codeOf(first), message);
  if (!failure) return cause;
  const kind = kindOf(failure);
  return new kind(`store ${name} ${failure.what} (${message})`, {
    mend: failure.mend,
    exitCode: failure.passes ? EXIT.incomplete : EXIT.usage,
    cause,
  });
}
