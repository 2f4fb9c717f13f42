import { Command } from 'commander';
import { labelledDialogueSchema, readJsonLines } from '../../../labelled/labelled-dialogue.js';
import { renderMutations } from '../../../report/render-mutations.js';
import { loadLibrary } from '../../../runs/library.js';
import { mutateJudge, type MutationBench } from '../../../validity/mutate-judge.js';
import { mutationSchema } from '../../../validity/mutation.js';
import { print, printJson, Progress } from '../../output.js';
import { agentsOfFile, openJudges } from './open-judges.js';
import { DEV, MUTATIONS, withJudging, type JudgingFlags } from './options.js';
import type { Interrupts } from '../../interruptible.js';
import { untilInterrupted } from './until-interrupted.js';

interface MutateFlags extends JudgingFlags {
  readonly dataset: string;
  readonly mutations: string;
  readonly json?: boolean;
}

export function mutateCommand(): Command {
  const command = new Command('mutate')
    .description('plant faults in safe dialogues, and make edits that change nothing')
    .option('--dataset <file>', 'labelled dialogues (JSON Lines)', DEV)
    .option('--mutations <file>', 'edits to them (JSON Lines)', MUTATIONS);
  return withJudging(command)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim judge mutate --json
  matrix-sim judge mutate --judge openai:gpt-5-mini --record answers`,
    )
    .action(mutate);
}

async function mutate(flags: MutateFlags): Promise<void> {
  const results = await untilInterrupted(flags.record, (interrupts) =>
    mutateAll(flags, interrupts),
  );
  if (flags.json) printJson(results);
  else print(results.flatMap((result) => renderMutations(result)));
}

async function mutateAll(flags: MutateFlags, interrupts: Interrupts): Promise<MutationBench[]> {
  const dialogues = readJsonLines(flags.dataset, labelledDialogueSchema);
  const mutations = readJsonLines(flags.mutations, mutationSchema);
  const { judges, options } = await openJudges(flags, loadLibrary(), agentsOfFile(flags.dataset));
  const progress = new Progress(mutations.length * judges.length, 'judging');
  const all = { ...options, ...interrupts, onJudged: () => progress.step() };
  const results: MutationBench[] = [];
  try {
    for (const judge of judges) results.push(await mutateJudge(judge, dialogues, mutations, all));
  } finally {
    progress.end();
  }
  return results;
}
