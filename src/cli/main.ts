#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { EXIT, MatrixError } from '../errors.js';
import { packageVersion } from '../package-version.js';
import { hideEnvironment } from '../secrets.js';
import { forbidTracing } from '../tracing.js';
import { end, endCrashed, watchEnding } from './ending.js';
import { note, print, printError } from './output.js';

const isVerbose = () => process.argv.includes('--verbose');
watchEnding(isVerbose);
hideEnvironment();
// Before any command is loaded: what it loads may read the environment at once.
if (!process.argv.includes('--trace')) forbidTracing();

const program = new Command('matrix-sim')
  .description(
    'Simulated patients, a clinical agent under test, and a judge that must show its evidence.',
  )
  .version(packageVersion())
  .option('--verbose', 'show stack traces')
  .showHelpAfterError('(see matrix-sim --help)')
  .exitOverride()
  .configureOutput({
    writeOut: (text) => print(text.trimEnd()),
    writeErr: (text) => note(text.trimEnd()),
  })
  .addHelpText(
    'after',
    `
Examples:
  matrix-sim run                                        offline demonstration, no key needed
  matrix-sim run --agent module:./my-agent.mjs --hazard H01
  matrix-sim agents check http:my-bot.yaml
  matrix-sim chat --scenario H01-D03
  matrix-sim report r-2026-11-24-1
  matrix-sim show r-2026-11-24-1/H01-D01/rushed/1
Exit status: 0 done, 1 --fail-on met, 2 usage, 3 incomplete,
70 a defect, 130 interrupted.`,
  );

/** Loaded only when it is called, since some bring libraries that take most of a second. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./commands/init.js')).initCommand(),
  run: async () => (await import('./commands/run.js')).runCommand(),
  agents: async () => (await import('./commands/agents.js')).agentsCommand(),
  chat: async () => (await import('./commands/chat.js')).chatCommand(),
  report: async () => (await import('./commands/report.js')).reportCommand(),
  judge: async () => (await import('./commands/judge/index.js')).judgeCommand(),
  runs: async () => (await import('./commands/runs.js')).runsCommand(),
  show: async () => (await import('./commands/show.js')).showCommand(),
  taxonomy: async () => (await import('./commands/taxonomy.js')).taxonomyCommand(),
  scenarios: async () => (await import('./commands/scenarios.js')).scenariosCommand(),
  datasets: async () => (await import('./commands/datasets.js')).datasetsCommand(),
};

const asked = process.argv.slice(2).find((word) => Object.hasOwn(COMMANDS, word));
const loaders = asked === undefined ? Object.values(COMMANDS) : [COMMANDS[asked]];
for (const load of loaders) {
  if (load) program.addCommand(settle(await load()));
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
await end(Number(process.exitCode ?? EXIT.ok));

/** Gives a command, and those below it, the error handling of the program. */
function settle(command: Command): Command {
  command.copyInheritedSettings(program);
  command.commands.forEach((sub) => sub.copyInheritedSettings(program));
  return command;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof MatrixError) {
    printError(error, isVerbose());
    return error.exitCode;
  }
  return endCrashed(error, isVerbose());
}
