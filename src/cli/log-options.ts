import type { Command } from 'commander';
import type { HazardLog } from '../report/hazard-log/hazard-log.js';
import { NO_INPUTS, readInputs } from '../report/hazard-log/inputs.js';
import { logOfStored, type LogTarget } from '../report/hazard-log/log-of-stored.js';
import type { RunStore } from '../store/run-store.js';
import { loadTaxonomy } from '../taxonomy/load-taxonomy.js';
import { madeWith } from './made-with.js';
import { findJudging, findRun, STORE_OPTION, withStore } from './store-option.js';

/** What a hazard log, and an outline of a safety case, are made from. */
export interface LogFlags {
  readonly store: string;
  readonly agent?: string;
  readonly judging?: string;
  readonly inputs?: string;
  readonly residualRun?: string;
  readonly residualAgent?: string;
  readonly residualJudging?: string;
  readonly taxonomy?: string;
}

export function addLogOptions(command: Command): Command {
  return command
    .option(...STORE_OPTION)
    .option('--agent <name>', 'of which agent (needed where the run has several)')
    .option(
      '--inputs <file>',
      'what people know: system, calls a year, exposure, P(harm | failure), controls, owners (YAML)',
    )
    .option('--residual-run <id>', 'a run with the additional controls, for residual figures')
    .option('--residual-agent <name>', 'the agent of that run')
    .option('--residual-judging <id>', 'an earlier judging of that run')
    .option('--judging <id>', 'an earlier judging of the run')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)');
}

export function openLog(id: string, flags: LogFlags): Promise<HazardLog> {
  return withStore(flags.store, async (store) => {
    const initial = await targetOf(store, id, flags.agent, flags.judging);
    const taxonomy = loadTaxonomy(madeWith(initial.run, flags).taxonomy);
    const inputs = flags.inputs === undefined ? NO_INPUTS : readInputs(flags.inputs, taxonomy);
    const { residualRun, residualAgent, residualJudging } = flags;
    const residual =
      residualRun === undefined
        ? undefined
        : await targetOf(store, residualRun, residualAgent, residualJudging);
    return logOfStored(store, initial, residual, taxonomy, inputs);
  });
}

async function targetOf(
  store: RunStore,
  id: string,
  agent: string | undefined,
  judging: string | undefined,
): Promise<LogTarget> {
  const run = await findRun(store, id, agent);
  return { run, judging: await findJudging(store, id, judging), agent };
}
