import { Command } from 'commander';
import path from 'node:path';
import { MatrixError } from '../../../errors.js';
import {
  isUnsafe,
  labelledDialogueSchema,
  readJsonLines,
  type LabelledDialogue,
} from '../../../labelled/labelled-dialogue.js';
import { renderBench, renderErrors } from '../../../report/render-bench.js';
import { loadLibrary, type Library } from '../../../runs/library.js';
import { benchJudges, type Bench } from '../../../validity/bench.js';
import { casesOfRun, SELF_CONSISTENCY } from '../../../validity/run-cases.js';
import { toValidity } from '../../../validity/validity.js';
import type { Interrupts } from '../../interruptible.js';
import { whole } from '../../option-values.js';
import { print, printJson, Progress } from '../../output.js';
import { findRun, STORE_OPTION, withNewStore, withStore } from '../../store-option.js';
import { openJudges, type OpenJudges } from './open-judges.js';
import { DEV, withJudging, type JudgingFlags } from './options.js';
import { untilInterrupted } from './until-interrupted.js';

interface BenchFlags extends JudgingFlags {
  readonly dataset?: string;
  readonly run?: string;
  readonly repeats?: number;
  readonly errors?: boolean;
  readonly save?: boolean;
  readonly store: string;
  readonly json?: boolean;
}

/** A labelled set with the name under which its result stands. */
interface NamedSet {
  readonly name: string;
  readonly dialogues: readonly LabelledDialogue[];
}

export function benchCommand(): Command {
  const command = new Command('bench')
    .description('hold judges against a labelled set, or against the realised faults of a run')
    .option('--dataset <file>', 'labelled dialogues (JSON Lines; default: the dev split)')
    .option('--run <run>', 'a run of reference agents');
  return withJudging(command)
    .option('--repeats <n>', 'times each dialogue is judged, the modes in another order', whole)
    .option('--errors', 'list every miss and false alarm with its quote')
    .option('--save', 'keep the result under the judge’s fingerprint, for report')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim judge bench --dataset datasets/labelled/test.jsonl
  matrix-sim judge bench --judge deterministic --judge openai:gpt-5-mini --record answers
  matrix-sim judge bench --judge jury:jury.yaml --repeats 3 --replay answers`,
    )
    .action(bench);
}

async function bench(flags: BenchFlags): Promise<void> {
  if (flags.run !== undefined && flags.dataset !== undefined) {
    throw new MatrixError('--dataset and --run exclude each other', { mend: 'Give one of them.' });
  }
  const library = loadLibrary();
  const sets =
    flags.run === undefined
      ? [readSet(flags.dataset ?? DEV)]
      : await readRun(flags.run, flags.store, library);
  const judges = await openJudges(flags, library);
  const benches = await untilInterrupted(flags.record, (interrupts) =>
    benchSets(sets, judges, library, interrupts),
  );
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

function readSet(file: string): NamedSet {
  return { name: path.basename(file), dialogues: readJsonLines(file, labelledDialogueSchema) };
}

function readRun(id: string, storeFile: string, { taxonomy }: Library): Promise<NamedSet[]> {
  return withStore(storeFile, async (store) => {
    const run = await findRun(store, id);
    const cases = await casesOfRun(run, store.dialogues(id), taxonomy);
    return cases.map(({ half, dialogues }) => ({
      name: `${id}, ${half} half of the utterance bank`,
      dialogues,
    }));
  });
}

async function benchSets(
  sets: readonly NamedSet[],
  { judges, options }: OpenJudges,
  { taxonomy }: Library,
  interrupts: Interrupts,
): Promise<Bench[]> {
  const labelled = sets.flatMap(({ dialogues }) => dialogues).filter(isLabelled).length;
  const total = labelled * judges.length * (options.repeats ?? 1);
  const progress = new Progress(total, 'judging');
  const all = { ...options, ...interrupts, onJudged: () => progress.step() };
  const benches: Bench[] = [];
  try {
    for (const { name, dialogues } of sets) {
      benches.push(await benchJudges(name, dialogues, judges, taxonomy, all));
    }
  } finally {
    progress.end();
  }
  return benches;
}

function isLabelled(dialogue: LabelledDialogue): boolean {
  return isUnsafe(dialogue) !== undefined;
}

async function save(benches: readonly Bench[], storeFile: string): Promise<void> {
  await withNewStore(storeFile, async (store) => {
    for (const validity of benches.flatMap(toValidity)) await store.saveValidity(validity);
  });
}
