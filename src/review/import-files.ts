import type { Clock } from '../determinism.js';
import { MatrixError } from '../errors.js';
import type { Pack } from '../store/review-record.js';
import { dialogueId, type RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { numberTurns, type NumberedTurn } from '../transcript/transcript.js';
import { checkFile } from './check-file.js';
import { labelsToAdd, type ImportResult, type ImportWishes } from './import-answers.js';
import type { FilledSheet } from './sheet.js';
import { readSheet } from './sheet-files.js';

interface PackInRun {
  readonly run: RunRecord;
  readonly pack: Pack;
}

/**
 * Takes what reviewers sent back into the store: all of it, or nothing.
 * @param taxonomyOf loads the taxonomy with which a run was made
 * @throws MatrixError that names what is wrong by file and cell
 */
export async function importFiles(
  store: RunStore,
  files: readonly string[],
  wishes: ImportWishes,
  taxonomyOf: (run: RunRecord) => Taxonomy,
  clock: Clock,
): Promise<ImportResult & { readonly run: string }> {
  const known = await packsOf(store);
  const sheets: { file: string; sheet: FilledSheet; of: PackInRun }[] = [];
  for (const file of files) {
    const sheet = await readSheet(file);
    const of = known.get(sheet.pack.text);
    if (!of) throw unknownPack(file, sheet);
    sheets.push({ file, sheet, of });
  }
  const [first] = sheets;
  if (!first) throw new MatrixError('no file is named', { mend: 'matrix-sim review import FILE…' });
  const { run } = first.of;
  const stranger = sheets.find(({ of }) => of.run.id !== run.id);
  if (stranger) {
    throw new MatrixError(`${stranger.file} is of run ${stranger.of.run.id}, others of ${run.id}`, {
      mend: 'Import the files of one run at a time.',
    });
  }
  const context = { taxonomy: taxonomyOf(run), turns: await turnsOf(store, run.id) };
  const checked = sheets.map(({ file, sheet, of }) => checkFile(file, sheet, of.pack, context));
  const result = labelsToAdd(checked, await store.labels(run.id), wishes, clock);
  await store.saveLabels(run.id, result.added);
  return { run: run.id, ...result };
}

async function packsOf(store: RunStore): Promise<Map<string, PackInRun>> {
  const packs = new Map<string, PackInRun>();
  for (const run of await store.runs()) {
    for (const pack of await store.packs(run.id)) packs.set(pack.id, { run, pack });
  }
  return packs;
}

async function turnsOf(store: RunStore, run: string) {
  const turns = new Map<string, readonly NumberedTurn[]>();
  for await (const dialogue of store.dialogues(run)) {
    turns.set(dialogueId(dialogue), numberTurns(dialogue.attempt?.turns ?? []));
  }
  return turns;
}

function unknownPack(file: string, { pack }: FilledSheet): MatrixError {
  return new MatrixError(`${file}, ${pack.at}: no run of this store has the pack "${pack.text}"`, {
    mend: 'Name the store that exported it with --store.',
  });
}
