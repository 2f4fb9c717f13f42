import { Command } from 'commander';
import { answersCommand } from './answers.js';
import { checkCommand } from './check.js';
import { fillCommand } from './fill.js';
import { promptsCommand } from './prompts.js';

export function recordedCommand(): Command {
  return new Command('recorded')
    .description('Recordings from which a juror answers as a language model did (recorded:FOLDER).')
    .addCommand(fillCommand())
    .addCommand(promptsCommand())
    .addCommand(answersCommand())
    .addCommand(checkCommand())
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim recorded fill datasets/recorded/tour --judge openai:gpt-5-mini
  matrix-sim recorded prompts datasets/recorded/tour --out asked
  matrix-sim recorded answers datasets/recorded/tour --from asked
  matrix-sim judge run r-2026-11-24-1 --judge deterministic --judge recorded:datasets/recorded/tour`,
    );
}
