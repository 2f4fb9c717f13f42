import { Command } from 'commander';
import { safetyCase } from '../../report/safety-case.js';
import { assertFree, writeWhole } from '../../whole-file.js';
import { addLogOptions, openLog, type LogFlags } from '../log-options.js';
import { print } from '../output.js';

interface SafetyCaseFlags extends LogFlags {
  readonly out?: string;
  readonly force?: boolean;
}

export function safetyCaseCommand(): Command {
  return addLogOptions(new Command('safety-case'))
    .description(
      'An outline in GSN, as text: goals undeveloped, the evidence of a run as candidates that nobody has linked.',
    )
    .argument('<run>', 'id of the run')
    .option('--out <file>', 'file to write (default: prints)')
    .option('--force', 'overwrite what is there')
    .addHelpText('after', '\nExample:\n  matrix-sim safety-case r-2026-11-24-1 --agent rushed')
    .action(write);
}

async function write(id: string, flags: SafetyCaseFlags): Promise<void> {
  const { out, force } = flags;
  if (out !== undefined && !force) assertFree(out);
  const lines = safetyCase(await openLog(id, flags));
  if (out === undefined) return print(lines);
  writeWhole(out, `${lines.join('\n')}\n`);
  print([`wrote ${out}`]);
}
