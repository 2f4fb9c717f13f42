import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { MatrixError } from '../errors.js';
import type { TaxonomyFolder } from '../taxonomy/taxonomy-folder.js';

/**
 * A file whose name is misspelt would be passed over, and what it says never heard.
 * @param part folder within the taxonomy's
 * @throws MatrixError naming the first YAML file that is none of those known
 */
export function assertKnownFiles(
  { folder }: TaxonomyFolder,
  part: string,
  known: readonly string[],
): void {
  const own = path.join(folder, part);
  const files = existsSync(own) ? readdirSync(own).filter((name) => name.endsWith('.yaml')) : [];
  const stray = files.find((name) => !known.includes(`${part}/${name}`));
  if (stray === undefined) return;
  throw new MatrixError(`${path.join(own, stray)}: no file of a taxonomy has that name`, {
    mend: `Name it ${known.join(', ')}.`,
  });
}
