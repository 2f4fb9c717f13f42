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

/** Files whose entries are bound to the ids of hazards and modes, which another taxonomy may give to others. */
const BOUND_TO_IDS: readonly string[] = ['recognition/cues.yaml', 'judge/examples.yaml'];

/**
 * Where a file of a taxonomy stands, the package's first. An extension has the package's and its own;
 * a taxonomy in place of the package's has its own or, where it has none, the package's, unless the
 * entries are bound to ids.
 */
export function layersOf({ folder, isExtension }: TaxonomyFolder, file: string): string[] {
  const [base, own] = [DEFAULT_TAXONOMY, folder].map((each) => path.join(each, file));
  const standing = [base, own].filter((each) => each !== undefined && existsSync(each));
  if (isExtension) return standing as string[];
  const [last] = (standing as string[]).slice(-1);
  if (last === undefined || (last !== own && BOUND_TO_IDS.includes(file))) return [];
  return [last];
}
