import { Command } from 'commander';
import path from 'node:path';
import { MatrixError } from '../../../errors.js';
import { labelledDialogueSchema, readJsonLines } from '../../../labelled/labelled-dialogue.js';
import { renderBench, renderErrors } from '../../../report/render-bench.js';
import { loadLibrary, type Library } from '../../../runs/library.js';
import { benchJudges, type Bench } from '../../../validity/bench.js';
import { openJudge, type BenchedJudge } from '../../../validity/judge-spec.js';
import { casesOfRun, SELF_CONSISTENCY } from '../../../validity/run-cases.js';
import { toValidity } from '../../../validity/validity.js';
import { print, printJson } from '../../output.js';
import { findRun, STORE_OPTION, withNewStore, withStore } from '../../store-option.js';
import { DEV, JUDGE_OPTION } from './options.js';

interface BenchFlags {
  readonly dataset?: string;
  readonly run?: string;
  readonly judge?: string[];
  readonly errors?: boolean;
  readonly save?: boolean;
  readonly store: string;
  readonly json?: boolean;
}

export function benchCommand(): Command {
  return new Command('bench')
    .description('hold judges against a labelled set, or against the realised faults of a run')
    .option('--dataset <file>', 'labelled dialogues (JSON Lines; default: the dev split)')
    .option('--run <run>', 'a run of reference agents')
    .option(...JUDGE_OPTION)
    .option('--errors', 'list every miss and false alarm with its quote')
    .option('--save', 'keep the result under the judge’s fingerprint, for report')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  matrix-sim judge bench --dataset datasets/labelled/test.jsonl',
    )
    .action(bench);
}

async function bench(flags: BenchFlags): Promise<void> {
  if (flags.run !== undefined && flags.dataset !== undefined) {
    throw new MatrixError('--dataset and --run exclude each other', { mend: 'Give one of them.' });
  }
  const library = loadLibrary();
  const judges = (flags.judge ?? ['deterministic']).map((spec) => openJudge(spec, library));
  const benches =
    flags.run === undefined
      ? [await benchFile(flags.dataset ?? DEV, judges, library)]
      : await benchRun(flags.run, flags.store, judges, library);
  const caption = flags.run === undefined ? undefined : SELF_CONSISTENCY;
  if (flags.save && flags.run === undefined) await save(benches, flags.store);
  if (flags.json)
    return printJson(caption === undefined ? flat(benches[0]) : { caption, halves: benches });
  for (const result of benches) {
    print(renderBench(result, caption));
    if (flags.errors) print(result.judges.flatMap((judge) => ['', ...renderErrors(judge)]));
  }
}

/** With one judge its scores stand at the top too, where a script looks first. */
function flat(bench: Bench | undefined): object {
  const [only, ...others] = bench?.judges ?? [];
  return others.length === 0 ? { ...only, ...bench } : { ...bench };
}

function benchFile(
  file: string,
  judges: readonly BenchedJudge[],
  library: Library,
): Promise<Bench> {
  const dialogues = readJsonLines(file, labelledDialogueSchema);
  return benchJudges(path.basename(file), dialogues, judges, library.taxonomy);
}

function benchRun(
  id: string,
  storeFile: string,
  judges: readonly BenchedJudge[],
  { taxonomy }: Library,
): Promise<Bench[]> {
  return withStore(storeFile, async (store) => {
    const run = await findRun(store, id);
    const cases = await casesOfRun(run, store.dialogues(id), taxonomy);
    return Promise.all(
      cases.map(({ half, dialogues }) =>
        benchJudges(`${id}, ${half} half of the utterance bank`, dialogues, judges, taxonomy),
      ),
    );
  });
}

async function save(benches: readonly Bench[], storeFile: string): Promise<void> {
  await withNewStore(storeFile, async (store) => {
    for (const validity of benches.flatMap(toValidity)) await store.saveValidity(validity);
  });
}
