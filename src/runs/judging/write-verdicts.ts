import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toVerdictLine } from '../../judge/verdict-line.js';
import type { RunStore } from '../../store/run-store.js';
import { fillWhole } from '../../whole-file.js';
import type { JudgingSource } from './judging-source.js';

/**
 * Writes all verdicts of a judging as JSON Lines, in the order of the store, all or none.
 * @throws MatrixError where the file cannot be written
 */
export async function writeVerdicts(
  file: string,
  store: RunStore,
  source: JudgingSource,
  judging: string,
): Promise<void> {
  await fillWhole(file, (path) =>
    pipeline(Readable.from(linesOf(store, source, judging)), createWriteStream(path)),
  );
}

async function* linesOf(store: RunStore, source: JudgingSource, judging: string) {
  for await (const dialogue of store.dialogues(source.run.id, judging)) {
    if (!dialogue.verdicts) continue;
    yield `${JSON.stringify(toVerdictLine(source.nameOf(dialogue), dialogue.verdicts))}\n`;
  }
}
