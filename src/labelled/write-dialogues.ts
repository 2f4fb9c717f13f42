import { assertFree, writeWhole } from '../whole-file.js';
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
  if (!force) assertFree(file);
  writeWhole(file, dialogues.map((dialogue) => `${JSON.stringify(dialogue)}\n`).join(''));
}
