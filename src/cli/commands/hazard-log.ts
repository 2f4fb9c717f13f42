import { Command } from 'commander';
import type { Clock } from '../../determinism.js';
import { renderLog } from '../../report/hazard-log/render-log.js';
import { filesOfLog, writeLog } from '../../report/hazard-log/write-log.js';
import { assertFree } from '../../whole-file.js';
import { addLogOptions, openLog, type LogFlags } from '../log-options.js';
import { columns, print } from '../output.js';

const clock: Clock = () => new Date();

interface HazardLogFlags extends LogFlags {
  readonly out: string;
  readonly force?: boolean;
}

export function hazardLogCommand(): Command {
  return addLogOptions(new Command('hazard-log'))
    .description(
      'A hazard log in the form of DCB0129, filled from a run: evidence, for a Clinical Safety Officer to complete.',
    )
    .argument('<run>', 'id of the run, of the agent under its existing controls')
    .requiredOption('--out <file>', 'file to write: .xlsx, .md, or .csv (a file a table)')
    .option('--force', 'overwrite what is there')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim hazard-log r-2026-11-24-1 --agent rushed --out hazard-log.xlsx
  matrix-sim hazard-log r-2026-11-24-1 --inputs inputs.yaml --residual-run r-2026-12-01-1 --out hazard-log.xlsx`,
    )
    .action(write);
}

async function write(id: string, flags: HazardLogFlags): Promise<void> {
  const files = filesOfLog(flags.out);
  if (!flags.force) files.forEach(assertFree);
  const log = await openLog(id, flags);
  await writeLog(log, flags.out, clock());
  print(renderLog(log, files, columns()));
}
