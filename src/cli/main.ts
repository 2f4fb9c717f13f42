#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { EXIT, MatrixError } from '../errors.js';
import { packageVersion } from '../package-version.js';
import { datasetsCommand } from './commands/datasets.js';
import { initCommand } from './commands/init.js';
import { judgeCommand } from './commands/judge/index.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { runsCommand } from './commands/runs.js';
import { scenariosCommand } from './commands/scenarios.js';
import { showCommand } from './commands/show.js';
import { taxonomyCommand } from './commands/taxonomy.js';
import { printError } from './output.js';

const program = new Command('matrix-sim')
  .description(
    'Simulated patients, a clinical agent under test, and a judge that must show its evidence.',
  )
  .version(packageVersion())
  .option('--verbose', 'show stack traces')
  .showHelpAfterError('(see matrix-sim --help)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  matrix-sim run                                        offline demonstration, no key needed
  matrix-sim run --agent module:./my-agent.mjs --hazard H01
  matrix-sim report r-2026-11-24-1
  matrix-sim show r-2026-11-24-1/H01-D01/rushed/1
Exit status: 0 done, 1 --fail-on met, 2 usage, 3 incomplete, 130 interrupted.`,
  );

for (const command of [
  initCommand(),
  runCommand(),
  reportCommand(),
  judgeCommand(),
  runsCommand(),
  showCommand(),
  taxonomyCommand(),
  scenariosCommand(),
  datasetsCommand(),
]) {
  program.addCommand(settle(command));
}

// A reader that closes the pipe early (head, less) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.ok);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Gives a command, and those below it, the error handling of the program. */
function settle(command: Command): Command {
  command.copyInheritedSettings(program);
  command.commands.forEach((sub) => sub.copyInheritedSettings(program));
  return command;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof MatrixError) {
    printError(error, program.opts<{ verbose?: boolean }>().verbose ?? false);
    return error.exitCode;
  }
  throw error;
}
