import { Command } from 'commander';
import { importFiles } from '../../../review/import-files.js';
import { loadTaxonomy } from '../../../taxonomy/load-taxonomy.js';
import { madeWith } from '../../made-with.js';
import { print, printJson } from '../../output.js';
import { STORE_OPTION, withStore } from '../../store-option.js';

interface ImportFlags {
  readonly store: string;
  readonly taxonomy?: string;
  readonly reason?: string;
  readonly partial?: boolean;
  readonly json?: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description('Take what reviewers sent back: all of it, or nothing.')
    .argument(
      '<file...>',
      'workbooks (.xlsx), results of the HTML form (.json), label files (.csv)',
    )
    .option('--partial', 'take what is answered, and leave the rest for later')
    .option('--reason <text>', 'why labels that are there already are corrected')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim review import packs/osei.xlsx packs/lund.xlsx p-1a2b3c4d-cole.json
  matrix-sim review import osei.xlsx --reason "turn numbers mended"`,
    )
    .action(take);
}

async function take(files: string[], flags: ImportFlags): Promise<void> {
  const { reason, partial = false } = flags;
  const result = await withStore(flags.store, (store) =>
    importFiles(
      store,
      files,
      { reason, partial },
      (run) => loadTaxonomy(madeWith(run, flags).taxonomy),
      () => new Date(),
    ),
  );
  if (flags.json) return printJson(result);
  const { run, added, known, corrected, missing } = result;
  print([
    `run ${run}: ${added.length} labels added, ${corrected} of them corrections, ${known} known before`,
    ...(missing.length === 0 ? [] : [`${missing.length} items have no answer yet`]),
    `Next:  npx matrix-sim review agreement ${run}`,
  ]);
}
