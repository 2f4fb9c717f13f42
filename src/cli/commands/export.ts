import { Command, Option } from 'commander';
import { hashesOfRun } from '../../evidence/hashes-of-run.js';
import {
  EXPORT_FORMATS,
  exportRun,
  filesOfExport,
  type ExportFormat,
} from '../../transfer/export-run.js';
import { assertFree } from '../../whole-file.js';
import { print, printJson } from '../output.js';
import { findJudging, findRun, STORE_OPTION, withStore } from '../store-option.js';

interface ExportFlags {
  readonly store: string;
  readonly format: ExportFormat;
  readonly judging?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Write a run to files: for another store, for a table program, or to be labelled.')
    .argument('<run>', 'id of the run')
    .option(...STORE_OPTION)
    .addOption(
      new Option(
        '--format <format>',
        'jsonl: all of it, for import; csv, parquet: a row a turn and a row a verdict; labelled: dialogues as in datasets/labelled',
      )
        .choices(EXPORT_FORMATS)
        .default('jsonl'),
    )
    .option('--judging <id>', 'whose verdicts stand in the tables (default: the latest)')
    .option('--out <file>', 'file to write; of tables the beginning of their names')
    .option('--force', 'overwrite what is there')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim export r-2026-11-24-1                              r-2026-11-24-1.jsonl
  matrix-sim export r-2026-11-24-1 --format csv --out results   results.turns.csv, results.verdicts.csv
  matrix-sim export r-2026-11-24-1 --format parquet
  matrix-sim export r-2026-11-24-1 --format labelled --out to-label.jsonl`,
    )
    .action(write);
}

async function write(id: string, flags: ExportFlags): Promise<void> {
  const { format, out, force, json } = flags;
  const files = filesOfExport(id, format, out);
  const hashes = await withStore(flags.store, async (store) => {
    const { id: run } = await findRun(store, id);
    const judging = await findJudging(store, run, flags.judging);
    if (!force) files.forEach(assertFree);
    await exportRun({ store, run, judging: judging?.id }, format, files);
    return hashesOfRun(store, run);
  });
  if (json) return printJson({ run: id, format, files, hashes });
  print([...files.map((file) => `wrote ${file}`), ...wayOn(format, files)]);
}

function wayOn(format: ExportFormat, [file]: readonly string[]): string[] {
  if (format === 'jsonl') return [`Next:  npx matrix-sim import ${file} --store FILE`];
  if (format === 'labelled') {
    return [`Label it, then:  npx matrix-sim judge bench --dataset ${file} --judge deterministic`];
  }
  return [];
}
