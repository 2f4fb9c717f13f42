import { Command } from 'commander';
import { exactCommands } from './exact.js';
import { scenarioCommand } from './scenario.js';

export function replayCommand(): Command {
  const command = new Command('replay')
    .description('A stored run again: exactly as it was, or with another agent.')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim replay run r-2026-11-24-1
  matrix-sim replay dialogue r-2026-11-24-1/H01-D01/rushed/1
  matrix-sim replay scenario H01-D01/late/1 --from r-2026-11-24-1 --agent module:./my-agent.mjs
Exit status: 0 all came out the same, 3 the run is unfinished, 4 something differs.`,
    );
  for (const each of [...exactCommands(), scenarioCommand()]) command.addCommand(each);
  return command;
}
