import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGED = fileURLToPath(new URL('../../../datasets/recorded', import.meta.url));

/** The folder of `recorded:PLACE`: a plain name is of one that comes with the package, all else a path. */
export function recordingFolder(place: string): string {
  return /^[a-z][\w-]*$/.test(place) ? path.join(PACKAGED, place) : place;
}
