import { Command } from 'commander';
import { writePlan } from '../../plan/write-plan.js';
import { print } from '../output.js';

export function initCommand(): Command {
  return new Command('init')
    .description('Write a commented plan, and its JSON Schema for editors.')
    .argument('[folder]', 'where to write it', '.')
    .addHelpText('after', '\nExample:\n  matrix-sim init && matrix-sim run plan.yaml')
    .action((folder: string) => {
      print([
        ...writePlan(folder).map((file) => `wrote ${file}`),
        `Next:  npx matrix-sim run ${folder === '.' ? 'plan.yaml' : `${folder}/plan.yaml`}`,
      ]);
    });
}
