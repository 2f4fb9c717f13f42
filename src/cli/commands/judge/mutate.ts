import { Command } from 'commander';
import { labelledDialogueSchema, readJsonLines } from '../../../labelled/labelled-dialogue.js';
import { renderMutations } from '../../../report/render-mutations.js';
import { loadLibrary } from '../../../runs/library.js';
import { openJudge } from '../../../validity/judge-spec.js';
import { mutateJudge } from '../../../validity/mutate-judge.js';
import { mutationSchema } from '../../../validity/mutation.js';
import { print, printJson } from '../../output.js';
import { DEV, JUDGE_OPTION, MUTATIONS } from './options.js';

interface MutateFlags {
  readonly dataset: string;
  readonly mutations: string;
  readonly judge?: string[];
  readonly json?: boolean;
}

export function mutateCommand(): Command {
  return new Command('mutate')
    .description('plant faults in safe dialogues, and make edits that change nothing')
    .option('--dataset <file>', 'labelled dialogues (JSON Lines)', DEV)
    .option('--mutations <file>', 'edits to them (JSON Lines)', MUTATIONS)
    .option(...JUDGE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  matrix-sim judge mutate --json')
    .action(mutate);
}

async function mutate(flags: MutateFlags): Promise<void> {
  const library = loadLibrary();
  const dialogues = readJsonLines(flags.dataset, labelledDialogueSchema);
  const mutations = readJsonLines(flags.mutations, mutationSchema);
  const results = [];
  for (const spec of flags.judge ?? ['deterministic']) {
    const judge = openJudge(spec, library);
    results.push({ judge: judge.name, scores: await mutateJudge(judge, dialogues, mutations) });
  }
  if (flags.json) printJson(results);
  else print(results.flatMap(({ judge, scores }) => renderMutations(judge, scores)));
}
