import { Command } from 'commander';
import { textTable } from '../../report/text-table.js';
import { print, printJson } from '../output.js';
import { STORE_OPTION, withStore } from '../store-option.js';

export function runsCommand(): Command {
  return new Command('runs')
    .description('List the runs of a store, newest first.')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  matrix-sim runs --json')
    .action(async (flags: { store: string; json?: boolean }) => {
      const runs = await withStore(flags.store, (store) => store.runs());
      if (flags.json) return printJson(runs);
      const rows = runs.map((run) => [
        run.id,
        run.createdAt.slice(0, 16).replace('T', ' '),
        `${run.held}/${run.planned}`,
        run.agents.map(({ name }) => name).join(' '),
        `seed ${run.seed}`,
      ]);
      print(textTable([['run', 'begun (UTC)', 'held', 'agents', 'seed'], ...rows], [0, 1, 3, 4]));
    });
}
