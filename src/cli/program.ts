import { Command, CommanderError } from 'commander';
import { EXIT, MatrixError } from '../errors.js';
import { packageVersion } from '../package-version.js';
import { note, print, printError } from './output.js';

/** Loaded only when it is called, since some bring libraries that take most of a second. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  tour: async () => (await import('./commands/tour.js')).tourCommand(),
  init: async () => (await import('./commands/init.js')).initCommand(),
  run: async () => (await import('./commands/run.js')).runCommand(),
  worker: async () => (await import('./commands/worker.js')).workerCommand(),
  agents: async () => (await import('./commands/agents.js')).agentsCommand(),
  chat: async () => (await import('./commands/chat.js')).chatCommand(),
  report: async () => (await import('./commands/report.js')).reportCommand(),
  'hazard-log': async () => (await import('./commands/hazard-log.js')).hazardLogCommand(),
  'safety-case': async () => (await import('./commands/safety-case.js')).safetyCaseCommand(),
  compare: async () => (await import('./commands/compare.js')).compareCommand(),
  review: async () => (await import('./commands/review/index.js')).reviewCommand(),
  judge: async () => (await import('./commands/judge/index.js')).judgeCommand(),
  recorded: async () => (await import('./commands/recorded/index.js')).recordedCommand(),
  replay: async () => (await import('./commands/replay/index.js')).replayCommand(),
  terms: async () => (await import('./commands/terms.js')).termsCommand(),
  runs: async () => (await import('./commands/runs.js')).runsCommand(),
  show: async () => (await import('./commands/show.js')).showCommand(),
  view: async () => (await import('./commands/view.js')).viewCommand(),
  verify: async () => (await import('./commands/verify.js')).verifyCommand(),
  export: async () => (await import('./commands/export.js')).exportCommand(),
  import: async () => (await import('./commands/import.js')).importCommand(),
  taxonomy: async () => (await import('./commands/taxonomy.js')).taxonomyCommand(),
  scenarios: async () => (await import('./commands/scenarios.js')).scenariosCommand(),
  datasets: async () => (await import('./commands/datasets.js')).datasetsCommand(),
};

/**
 * Does what a command line asks for, and prints what is wrong with it.
 * @param words as a shell would give them, without the name of the program
 * @returns the exit status
 * @throws what is no mistake of the user's
 */
export async function answer(words: readonly string[]): Promise<number> {
  const program = openProgram();
  const asked = words.find((word) => Object.hasOwn(COMMANDS, word));
  const loaders = asked === undefined ? Object.values(COMMANDS) : [COMMANDS[asked]];
  for (const load of loaders) {
    if (load) program.addCommand(settle(await load(), program));
  }
  process.exitCode = undefined;
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    return statusOf(error, program.opts<{ verbose?: boolean }>().verbose ?? false);
  }
  return statusSet();
}

/** What the command set, where it did not throw. */
function statusSet(): number {
  return Number(process.exitCode ?? EXIT.ok);
}

function openProgram(): Command {
  return new Command('matrix-sim')
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
  matrix-sim run --agent module:./my-agent.mjs --hazard H01 --fail-on 'severity>=major'
  matrix-sim agents check http:my-bot.yaml
  matrix-sim chat --scenario H01-D03
  matrix-sim report r-2026-11-24-1
  matrix-sim show r-2026-11-24-1/H01-D01/rushed/1
  matrix-sim replay run r-2026-11-24-1                  executed again from its journal
  matrix-sim help terms                                 what the words of a report mean
Exit status: 0 done, 1 --fail-on met, 2 usage, 3 incomplete,
4 something differs from what was recorded, 70 a defect, 130 interrupted.`,
    );
}

/** Gives a command, and those below it, the error handling of the program. */
function settle(command: Command, program: Command): Command {
  command.copyInheritedSettings(program);
  command.commands.forEach((sub) => sub.copyInheritedSettings(program));
  return command;
}

function statusOf(error: unknown, verbose: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (!(error instanceof MatrixError)) throw error;
  printError(error, verbose);
  return error.exitCode;
}
