import { writeFileSync } from 'node:fs';
import { MatrixError } from '../errors.js';
import type { LabelledDialogue } from './labelled-dialogue.js';

/**
 * Writes one dialogue a line (JSON Lines).
 * @throws MatrixError where the file is there already and `force` is not given, or cannot be written
 */
export function writeDialogues(
  file: string,
  dialogues: readonly LabelledDialogue[],
  force: boolean,
): void {
  const text = dialogues.map((dialogue) => `${JSON.stringify(dialogue)}\n`).join('');
  try {
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw code === 'EEXIST'
      ? new MatrixError(`${file} is there already`, {
          mend: 'Name another file, or overwrite it with --force.',
          cause,
        })
      : new MatrixError(`${file}: cannot be written (${code ?? 'unknown reason'})`, {
          mend: 'Check the path and its permissions.',
          cause,
        });
  }
}
