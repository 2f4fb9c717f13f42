import { Command } from 'commander';
import { textTable } from '../../report/text-table.js';
import {
  findPending,
  removePending,
  type PendingBatch,
} from '../../runs/batches/pending-batches.js';
import { print, printJson } from '../output.js';
import { findRun, STORE_OPTION, withStore } from '../store-option.js';

interface RunsFlags {
  readonly store: string;
  readonly json?: boolean;
}

export function runsCommand(): Command {
  const command = new Command('runs')
    .description('List the runs of a store, newest first.')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  matrix-sim runs --json\n  matrix-sim runs rm r-2026-11-24-1',
    )
    .action(list);
  command
    .command('rm')
    .description('remove a run with its dialogues, verdicts and batches that were not fetched')
    .argument('<run>', 'id of the run')
    .action((id: string) => remove(id, command.opts<RunsFlags>()));
  return command;
}

async function list(flags: RunsFlags): Promise<void> {
  const runs = await withStore(flags.store, (store) => store.runs());
  if (flags.json) return printJson(runs);
  const rows = runs.map((run) => [
    run.id,
    run.createdAt.slice(0, 16).replace('T', ' '),
    `${run.held}/${run.planned}`,
    run.agents.map(({ name }) => name).join(' '),
    String(run.plan.seed),
  ]);
  print(textTable([['run', 'begun (UTC)', 'held', 'agents', 'seed'], ...rows], [0, 1, 3]));
}

async function remove(id: string, flags: RunsFlags): Promise<void> {
  const batches = await withStore(flags.store, async (store) => {
    await findRun(store, id);
    const lock = await store.lock(id);
    try {
      const pending = findPending(flags.store, id);
      await store.removeRun(id);
      pending.files.forEach(removePending);
      return pending.batches;
    } finally {
      await lock.release();
    }
  });
  print([`removed ${id}`, ...batches.map(renderLost)]);
}

function renderLost({ id, model }: PendingBatch): string {
  return `batch ${id} of ${model} was still under way: its answers can no longer be fetched`;
}
