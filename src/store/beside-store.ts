import { realpathSync } from 'node:fs';
import path from 'node:path';

/** Whether a store is on a PostgreSQL server, and no file. */
export function isServer(store: string): boolean {
  return /^postgres(ql)?:\/\//i.test(store);
}

/**
 * A file that belongs to a store: beside it, the same by whatever links the store is reached; for one
 * on a server in a folder of `.matrix` that is named by host and database.
 */
export function besideStore(store: string, ending: string): string {
  return isServer(store)
    ? path.join('.matrix', folderOf(store), `store.${ending}`)
    : `${realFile(store)}.${ending}`;
}

/** Neither user nor parameters: they may change, and the store stays the same. */
function folderOf(store: string): string {
  const { hostname, port, pathname, searchParams } = new URL(store);
  const host = searchParams.get('host') ?? hostname;
  const parts = [
    host || 'localhost',
    searchParams.get('port') ?? (port || '5432'),
    pathname.slice(1),
  ];
  return parts.map((part) => part.replace(/[^\w.-]/g, '_')).join('-');
}

function realFile(store: string): string {
  try {
    return realpathSync(store);
  } catch {
    return store;
  }
}
