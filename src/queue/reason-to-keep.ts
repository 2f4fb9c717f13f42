import { reasonOf } from '../errors.js';
import { onOneLine } from '../printable.js';
import { withoutSecrets } from '../secrets.js';

/** Characters of it, which stand in a row of a table and on a line of a terminal. */
const MOST = 500;

/** Why something failed, in words that a database can hold and anybody may read. */
export function reasonToKeep(thrown: unknown): string {
  const words = onOneLine(withoutSecrets(reasonOf(thrown))).slice(0, MOST);
  return words.replace(/\p{Surrogate}/gu, '?');
}
