import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MatrixError } from '../../errors.js';
import { toVerdictLine } from '../../judge/verdict-line.js';
import type { RunStore } from '../../store/run-store.js';
import type { JudgingSource } from './judging-source.js';

/**
 * Writes all verdicts of a judging as JSON Lines, in the order of the store.
 * @throws MatrixError where the file cannot be written
 */
export async function writeVerdicts(
  file: string,
  store: RunStore,
  source: JudgingSource,
  judging: string,
): Promise<void> {
  try {
    await pipeline(Readable.from(linesOf(store, source, judging)), createWriteStream(file));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new MatrixError(`${file} cannot be written (${code})`, {
      mend: 'Name another file with --out: the verdicts are stored, and the same command writes them.',
      cause,
    });
  }
}

async function* linesOf(store: RunStore, source: JudgingSource, judging: string) {
  for await (const dialogue of store.dialogues(source.run.id, judging)) {
    if (!dialogue.verdicts) continue;
    yield `${JSON.stringify(toVerdictLine(source.nameOf(dialogue), dialogue.verdicts))}\n`;
  }
}
