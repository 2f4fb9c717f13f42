import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT } from '../../errors.js';
import { chooseSides } from '../../report/comparison/choose-sides.js';
import { compareStored } from '../../report/comparison/compare-stored.js';
import { DEFAULT_MARGIN } from '../../report/comparison/conclude.js';
import {
  metRegressionGate,
  REGRESSION_GATES,
  type RegressionGate,
} from '../../report/comparison/met-regression-gate.js';
import { renderComparison } from '../../report/comparison/render-comparison.js';
import { storeFlag } from '../../report/render-way-on.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import { findTarget } from '../find-target.js';
import { columns, note, print, printJson } from '../output.js';
import { STORE_OPTION, withStore } from '../store-option.js';

interface CompareFlags {
  readonly store: string;
  readonly agents?: readonly string[];
  readonly judging?: string;
  readonly margin: number;
  readonly failOn?: RegressionGate;
  readonly taxonomy?: string;
  readonly json?: boolean;
}

export function compareCommand(): Command {
  return new Command('compare')
    .description('Is one agent worse than another? Two runs, or agents of one, in pairs.')
    .argument('<run-a>', 'id of a run, or RUN/AGENT')
    .argument('[run-b]', 'the run that may be worse; left out to compare agents of one run')
    .option('--agents <names>', 'agents to compare, as a,b (default: all)', names)
    .option(...STORE_OPTION)
    .option('--judging <id>', 'an earlier judging that both runs have')
    .option('--margin <share>', 'by how much B may fail oftener', share, DEFAULT_MARGIN)
    .addOption(
      new Option(
        '--fail-on <gate>',
        'exit 1 where B is worse, or where that cannot be told',
      ).choices(REGRESSION_GATES),
    )
    .option('--taxonomy <folder>', 'the taxonomy with which the runs were made')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
A dialogue of A is held against the one of B with the same scenario, persona, wording and repeat.
regression:decided is met where B is found worse, and not where that cannot be told.
Examples:
  matrix-sim compare r-2026-11-24-1 r-2026-11-27-1 --fail-on regression --margin 0.03
  matrix-sim compare r-2026-11-24-1 --agents careful,rushed
  matrix-sim compare r-2026-11-24-1/old-bot r-2026-11-27-1/new-bot --json`,
    )
    .action(compare);
}

async function compare(a: string, b: string | undefined, flags: CompareFlags): Promise<void> {
  const taxonomy = loadTaxonomy(flags.taxonomy);
  await withStore(flags.store, async (store) => {
    const first = await findTarget(store, a, flags.judging);
    const second = b === undefined ? undefined : await findTarget(store, b, flags.judging);
    const pairs = chooseSides(first, second, flags.agents ?? []);
    const runs = [first.of, second?.of ?? first.of] as const;
    const report = await compareStored(store, { runs, pairs, margin: flags.margin }, taxonomy);
    if (flags.json) printJson(report);
    else {
      const where = storeFlag(flags.store);
      print(renderComparison(report, { taxonomy, columns: columns(), where }));
    }
    const met = flags.failOn ? metRegressionGate(flags.failOn, report) : [];
    for (const line of met) note(line);
    process.exitCode = met.length > 0 ? EXIT.threshold : EXIT.ok;
  });
}

function names(value: string): string[] {
  return value.split(',').filter(Boolean);
}

function share(value: string): number {
  if (/^(0|1|0?\.\d+|1\.0+)$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a share from 0 to 1, as 0.05.');
}
