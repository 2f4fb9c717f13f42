import { existsSync } from 'node:fs';
import { MatrixError } from '../errors.js';
import { writeWhole } from '../whole-file.js';
import type { LabelledDialogue } from './labelled-dialogue.js';

/**
 * Writes one dialogue a line (JSON Lines), all or none.
 * @throws MatrixError where the file is there already and `force` is not given, or cannot be written
 */
export function writeDialogues(
  file: string,
  dialogues: readonly LabelledDialogue[],
  force: boolean,
): void {
  if (!force && existsSync(file)) {
    throw new MatrixError(`${file} is there already`, {
      mend: 'Name another file, or overwrite it with --force.',
    });
  }
  writeWhole(file, dialogues.map((dialogue) => `${JSON.stringify(dialogue)}\n`).join(''));
}
