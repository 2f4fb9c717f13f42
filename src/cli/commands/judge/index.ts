import { Command } from 'commander';
import { benchCommand } from './bench.js';
import { mutateCommand } from './mutate.js';
import { judgeRunCommand } from './run.js';

export function judgeCommand(): Command {
  return new Command('judge')
    .description('Is the judge right? And what does it say of transcripts from elsewhere?')
    .addCommand(benchCommand())
    .addCommand(mutateCommand())
    .addCommand(judgeRunCommand())
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim judge bench --dataset datasets/labelled/test.jsonl --errors
  matrix-sim judge bench --judge deterministic --judge file:verdicts.jsonl
  matrix-sim judge mutate
  matrix-sim judge run transcripts.jsonl --fail-on 'severity>=major'`,
    );
}
