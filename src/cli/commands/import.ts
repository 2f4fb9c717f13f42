import { Command } from 'commander';
import { hashesOfRun, hashToKeep } from '../../evidence/hashes-of-run.js';
import { storeFlag } from '../../report/render-way-on.js';
import { readRun } from '../../transfer/read-run.js';
import { print, printJson } from '../output.js';
import { STORE_OPTION, withNewStore } from '../store-option.js';

interface ImportFlags {
  readonly store: string;
  readonly json?: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Add a run that another store exported, with its calls and its hashes; all or none.',
    )
    .argument('<file>', 'JSON Lines, as export writes it')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim import r-2026-11-24-1.jsonl
  matrix-sim import r-2026-11-24-1.jsonl --store archive.db
Transcripts from elsewhere: matrix-sim datasets import.`,
    )
    .action(read);
}

async function read(file: string, flags: ImportFlags): Promise<void> {
  const { run, judging, hashes } = await withNewStore(flags.store, async (store) => {
    const run = await store.importRun(readRun(file));
    const judging = (await store.judgings(run)).at(-1)?.id;
    return { run, judging, hashes: await hashesOfRun(store, run) };
  });
  if (flags.json) return printJson({ run, hashes });
  const where = storeFlag(flags.store);
  print([
    `imported ${run} into ${flags.store}`,
    `Rates:     npx matrix-sim report ${run}${where}`,
    `Verify:    npx matrix-sim verify ${run} --expect ${hashToKeep(hashes, judging)}${where}`,
  ]);
}
