import { existsSync } from 'node:fs';
import { MatrixError } from '../errors.js';
import { isServer } from './beside-store.js';
import type { RunStore } from './run-store.js';
import { openSqliteStore } from './sqlite/sqlite-store.js';

interface Opening {
  /** Whether to make a store where there is none. */
  readonly make: boolean;
}

/**
 * Opens the store at a place: a file, or a database as `postgres://USER@HOST/DATABASE`.
 * @throws MatrixError where it cannot be used, or is not there and is not to be made
 */
export async function openStore(place: string, { make }: Opening): Promise<RunStore> {
  if (isServer(place)) {
    const { openPostgresStore } = await import('./postgres/postgres-store.js');
    return openPostgresStore(place, { make });
  }
  assertFile(place);
  if (make || existsSync(place)) return openSqliteStore(place);
  throw new MatrixError(`there is no store at ${place}`, {
    mend: 'Make one with: matrix-sim run, or name it with --store.',
  });
}

/** The engine takes some names for no file: of a store that is kept nowhere, or on somebody's server. */
function assertFile(file: string): void {
  if (file.trim() !== '' && !/^(:|[a-z][a-z\d+.-]+:)/i.test(file)) return;
  throw new MatrixError(`"${file}" is no file, so nothing would be kept`, {
    mend: 'Name the path of a file with --store, or postgres://USER@HOST/DATABASE.',
  });
}
