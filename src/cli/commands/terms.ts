import { Command } from 'commander';
import { fileURLToPath } from 'node:url';
import { readText } from '../../read-file.js';
import { wrapped } from '../../report/line.js';
import { columns, print } from '../output.js';

/** `terms` and `help terms` print the same: the glossary. */
export function termsCommand(): Command {
  const command = new Command('terms')
    .description('What the words of a report mean.')
    .action(() => print(glossary()));
  command.helpInformation = () => `${glossary().join('\n')}\n`;
  return command;
}

function glossary(): string[] {
  const file = fileURLToPath(new URL('../../../docs/glossary.md', import.meta.url));
  return readText(file)
    .trimEnd()
    .split('\n')
    .flatMap((line) => (line.startsWith('- ') ? entry(line.slice(2)) : [plain(line)]));
}

/** Hung under its first word. */
function entry(text: string): string[] {
  const [first = '', ...rest] = wrapped(plain(text), columns() - 2);
  return [first, ...rest.map((line) => `  ${line}`)];
}

function plain(text: string): string {
  return text.replace(/^#+ /, '').replace(/\*\*|[_`]/g, '');
}
