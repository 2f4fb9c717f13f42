import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const DEFAULT_TAXONOMY = fileURLToPath(new URL('../../hazard-taxonomy', import.meta.url));

/** Whence a taxonomy was loaded, and so where what belongs to it stands. */
export interface TaxonomyFolder {
  readonly folder: string;
  /** It adds to the package's taxonomy; otherwise it stands in its place. */
  readonly isExtension: boolean;
}

/**
 * Where a file of a taxonomy stands, the package's first. An extension has the package's and its own;
 * a taxonomy in place of the package's has its own or, where it has none, the package's.
 */
export function layersOf({ folder, isExtension }: TaxonomyFolder, file: string): string[] {
  const folders = [...new Set([DEFAULT_TAXONOMY, folder])];
  const standing = folders.map((each) => path.join(each, file)).filter((each) => existsSync(each));
  return isExtension ? standing : standing.slice(-1);
}

/**
 * As {@link layersOf}, for what is bound to the ids of hazards and modes: a taxonomy in place of the
 * package's may give those to others, and so inherits none of it.
 */
export function layersBoundToIds(taxonomy: TaxonomyFolder, file: string): string[] {
  const own = path.join(taxonomy.folder, file);
  return layersOf(taxonomy, file).filter((each) => taxonomy.isExtension || each === own);
}
