import { Command } from 'commander';
import type { Clock } from '../../determinism.js';
import { logOfStored } from '../../report/hazard-log/log-of-stored.js';
import { NO_INPUTS, readInputs } from '../../report/hazard-log/inputs.js';
import { renderLog } from '../../report/hazard-log/render-log.js';
import { filesOfLog, writeLog } from '../../report/hazard-log/write-log.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import { assertFree } from '../../whole-file.js';
import { madeWith } from '../made-with.js';
import { columns, print } from '../output.js';
import { findJudging, findRun, STORE_OPTION, withStore } from '../store-option.js';

const clock: Clock = () => new Date();

interface HazardLogFlags {
  readonly store: string;
  readonly out: string;
  readonly agent?: string;
  readonly judging?: string;
  readonly inputs?: string;
  readonly residualRun?: string;
  readonly residualAgent?: string;
  readonly residualJudging?: string;
  readonly taxonomy?: string;
  readonly force?: boolean;
}

export function hazardLogCommand(): Command {
  return new Command('hazard-log')
    .description(
      'A hazard log in the form of DCB0129, filled from a run: evidence, for a Clinical Safety Officer to complete.',
    )
    .argument('<run>', 'id of the run, of the agent under its existing controls')
    .requiredOption('--out <file>', 'file to write: .xlsx, .md, or .csv (a file a table)')
    .option(...STORE_OPTION)
    .option('--agent <name>', 'whose log (needed where the run has several agents)')
    .option(
      '--inputs <file>',
      'what people know: system, calls a year, exposure, P(harm | failure), controls, owners (YAML)',
    )
    .option('--residual-run <id>', 'a run with the additional controls: residual likelihood')
    .option('--residual-agent <name>', 'the agent of that run')
    .option('--residual-judging <id>', 'an earlier judging of that run')
    .option('--judging <id>', 'an earlier judging of the run')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
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
  const log = await withStore(flags.store, async (store) => {
    const run = await findRun(store, id, flags.agent);
    const taxonomy = loadTaxonomy(madeWith(run, flags).taxonomy);
    const inputs = flags.inputs === undefined ? NO_INPUTS : readInputs(flags.inputs, taxonomy);
    if (!flags.force) files.forEach(assertFree);
    const judging = await findJudging(store, id, flags.judging);
    const { residualRun, residualAgent, residualJudging } = flags;
    const residual =
      residualRun === undefined
        ? undefined
        : {
            run: await findRun(store, residualRun, residualAgent),
            judging: await findJudging(store, residualRun, residualJudging),
            agent: residualAgent,
          };
    return logOfStored(store, { run, judging, agent: flags.agent }, residual, taxonomy, inputs);
  });
  await writeLog(log, flags.out, clock());
  print(renderLog(log, files, columns()));
}
