import { fileURLToPath } from 'node:url';
import { MatrixError } from '../errors.js';
import {
  labelledDialogueSchema,
  readJsonLines,
  type LabelledDialogue,
} from './labelled-dialogue.js';
import { summariseLabelled, type LabelledSummary } from './summarise-labelled.js';

/** The labelled sets that are shipped. */
export const SHIPPED_SETS = ['dev', 'test'].map((split) =>
  fileURLToPath(new URL(`../../datasets/labelled/${split}.jsonl`, import.meta.url)),
);

export interface CheckedFile {
  readonly file: string;
  /** Missing where the file cannot be read. */
  readonly summary?: LabelledSummary;
  readonly findings: readonly string[];
}

/** Reads a labelled set and holds it against a check; what is wrong with its form is a finding too. */
export function checkFile(
  file: string,
  check: (dialogues: readonly LabelledDialogue[]) => string[],
): CheckedFile {
  try {
    const dialogues = readJsonLines(file, labelledDialogueSchema);
    const findings = dialogues.length > 0 ? check(dialogues) : ['holds no dialogues'];
    return {
      file,
      summary: summariseLabelled(dialogues),
      findings: findings.map((finding) => `${file}: ${finding}`),
    };
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    return { file, findings: error.findings };
  }
}
