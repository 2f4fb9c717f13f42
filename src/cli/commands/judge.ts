import { Command } from 'commander';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { labelledDialogueSchema, readJsonLines } from '../../labelled/labelled-dialogue.js';
import { renderBench, renderErrors } from '../../report/render-bench.js';
import { loadLibrary } from '../../runs/library.js';
import { benchJudges } from '../../validity/bench.js';
import { openJudge } from '../../validity/judge-spec.js';
import { print, printJson } from '../output.js';

interface BenchFlags {
  readonly dataset: string;
  readonly judge?: string[];
  readonly errors?: boolean;
  readonly json?: boolean;
}

const DEV = fileURLToPath(new URL('../../../datasets/labelled/dev.jsonl', import.meta.url));

export function judgeCommand(): Command {
  const command = new Command('judge').description('Is the judge right?');
  command
    .command('bench')
    .description('hold judges against a labelled set')
    .option('--dataset <file>', 'labelled dialogues (JSON Lines)', DEV)
    .option('--judge <spec>', 'deterministic, or file:VERDICTS.jsonl (repeatable)', collect)
    .option('--errors', 'list every miss and false alarm with its quote')
    .option('--json', 'print as JSON')
    .action(bench);
  return command.addHelpText(
    'after',
    '\nExample:\n  matrix-sim judge bench --dataset datasets/labelled/test.jsonl',
  );
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

async function bench(flags: BenchFlags): Promise<void> {
  const library = loadLibrary();
  const judges = (flags.judge ?? ['deterministic']).map((spec) => openJudge(spec, library));
  const dialogues = readJsonLines(flags.dataset, labelledDialogueSchema);
  const result = await benchJudges(
    path.basename(flags.dataset),
    dialogues,
    judges,
    library.taxonomy,
  );
  if (flags.json) return printJson(result);
  print(renderBench(result));
  if (flags.errors) print(result.judges.flatMap((judge) => ['', ...renderErrors(judge)]));
}
