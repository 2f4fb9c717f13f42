import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGED = fileURLToPath(new URL('../../../datasets/recorded', import.meta.url));

/** Whether the place of `recorded:PLACE` is the name of a recording that comes with the package. */
export function isPackagedRecording(place: string): boolean {
  return /^[a-z][\w-]*$/.test(place) && existsSync(path.join(PACKAGED, place));
}

/** The folder of `recorded:PLACE`: of the package's where it has one of that name, else a path. */
export function recordingFolder(place: string): string {
  return isPackagedRecording(place) ? path.join(PACKAGED, place) : place;
}
