import { MatrixError } from '../../errors.js';
import { passwordOf, withoutPassword } from '../../secrets.js';

/** Connections that one process opens at most, beside one for each run that it works on. */
const POOL_SIZE = 4;

/** Where a store is, as a driver takes it. */
export interface ServerAddress {
  /** With its password. */
  readonly connectionString: string;
  /** As it may be shown. */
  readonly name: string;
  readonly poolSize: number;
}

/** @throws MatrixError where it is no address, or a parameter of ours has no value that it can have */
export function serverAddress(store: string): ServerAddress {
  const name = withoutPassword(store);
  const password = passwordOf(name);
  try {
    const url = new URL(name);
    const poolSize = readPoolSize(url, name);
    if (!url.searchParams.has('application_name')) {
      url.searchParams.set('application_name', 'matrix-sim');
    }
    // By default it would be the one that is called as its user.
    if (url.pathname.length < 2) throw new Error('it names no database');
    if (password !== undefined) url.searchParams.set('password', password);
    return { connectionString: url.href, name, poolSize };
  } catch (cause) {
    if (cause instanceof MatrixError) throw cause;
    throw new MatrixError(`"${name}" is no address of a PostgreSQL database`, {
      mend: 'Write it as postgres://USER@HOST:PORT/DATABASE; the password belongs in PGPASSWORD.',
      cause,
    });
  }
}

function readPoolSize(url: URL, name: string): number {
  const stated = url.searchParams.get('pool_size');
  url.searchParams.delete('pool_size');
  const size = Number(stated ?? POOL_SIZE);
  if (Number.isInteger(size) && size >= 1 && size <= 100) return size;
  throw new MatrixError(`pool_size in ${name} must be a whole number from 1 to 100`, {
    mend: 'Leave it out, or mend it.',
  });
}
