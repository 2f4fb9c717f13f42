import { realpathSync } from 'node:fs';

/** A file that belongs to a store, beside it: the same by whatever links the store is reached. */
export function besideStore(store: string, ending: string): string {
  return `${realFile(store)}.${ending}`;
}

function realFile(store: string): string {
  try {
    return realpathSync(store);
  } catch {
    return store;
  }
}
