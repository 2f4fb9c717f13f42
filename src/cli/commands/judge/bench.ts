import { Command } from 'commander';
import path from 'node:path';
import type { NamedSpec } from '../../../agents/under-test/open-agent.js';
import { MatrixError } from '../../../errors.js';
import {
  isUnsafe,
  labelledDialogueSchema,
  readJsonLines,
  type LabelledDialogue,
} from '../../../labelled/labelled-dialogue.js';
import { renderBench, renderErrors } from '../../../report/render-bench.js';
import { labelledSet } from '../../../review/labelled-set.js';
import { reviewOfRun } from '../../../review/review-of-run.js';
import { loadLibrary, type Library } from '../../../runs/library.js';
import { benchJudges, type Bench } from '../../../validity/bench.js';
import { casesOfRun, SELF_CONSISTENCY } from '../../../validity/run-cases.js';
import { toValidity } from '../../../validity/validity.js';
import type { Interrupts } from '../../interruptible.js';
import { whole } from '../../option-values.js';
import { print, printJson, Progress } from '../../output.js';
import { findRun, STORE_OPTION, withNewStore, withStore } from '../../store-option.js';
import { agentsOfFile, openJudges, type OpenJudges } from './open-judges.js';
import { DEV, withJudging, type JudgingFlags } from './options.js';
import { untilInterrupted } from './until-interrupted.js';

interface BenchFlags extends JudgingFlags {
  readonly dataset?: string;
  readonly run?: string;
  readonly reviewed?: string;
  readonly repeats?: number;
  readonly errors?: boolean;
  readonly save?: boolean;
  readonly store: string;
  readonly json?: boolean;
}

/** More of what the judge called unsafe is drawn for review than of the rest. */
const UNWEIGHTED =
  'Over the reviewed dialogues as they were drawn, unweighted: for the run, see report --calibrated';

/** A labelled set with the name under which its result stands. */
interface NamedSet {
  readonly name: string;
  readonly dialogues: readonly LabelledDialogue[];
  /** Of whom they are. */
  readonly agents: readonly NamedSpec[];
}

export function benchCommand(): Command {
  const command = new Command('bench')
    .description('hold judges against a labelled set, or against the realised faults of a run')
    .option('--dataset <file>', 'labelled dialogues (JSON Lines; default: the dev split)')
    .option('--run <run>', 'a run of reference agents')
    .option('--reviewed <run>', 'what reviewers settled on in a run');
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
  matrix-sim judge bench --reviewed r-2026-11-24-1 --judge openai:gpt-5-mini
  matrix-sim judge bench --judge jury:jury.yaml --repeats 3 --replay answers`,
    )
    .action(bench);
}

async function bench(flags: BenchFlags): Promise<void> {
  const { dataset, run, reviewed } = flags;
  if ([dataset, run, reviewed].filter((set) => set !== undefined).length > 1) {
    throw new MatrixError('--dataset, --run and --reviewed exclude each other', {
      mend: 'Give one of them.',
    });
  }
  const library = loadLibrary();
  const sets = await readSets(flags, library);
  const agents = sets.flatMap((set) => set.agents);
  const judges = await openJudges(flags, library, agents);
  const benches = await untilInterrupted(flags.record, (interrupts) =>
    benchSets(sets, judges, library, interrupts),
  );
  if (flags.save && run === undefined) await save(benches, flags.store);
  const caption = run !== undefined ? SELF_CONSISTENCY : reviewed && UNWEIGHTED;
  if (flags.json) {
    if (run !== undefined) return printJson({ caption, halves: benches });
    return printJson({ ...(caption && { caption }), ...flat(benches[0]) });
  }
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

function readSets(
  { dataset = DEV, run, reviewed, store }: BenchFlags,
  library: Library,
): Promise<NamedSet[]> | NamedSet[] {
  if (run !== undefined) return readRun(run, store, library);
  return reviewed === undefined ? [readSet(dataset)] : readReviewed(reviewed, store, library);
}

function readSet(file: string): NamedSet {
  const dialogues = readJsonLines(file, labelledDialogueSchema);
  return { name: path.basename(file), dialogues, agents: agentsOfFile(file) };
}

function readRun(id: string, storeFile: string, { taxonomy }: Library): Promise<NamedSet[]> {
  return withStore(storeFile, async (store) => {
    const run = await findRun(store, id);
    const cases = await casesOfRun(run, store.dialogues(id), taxonomy);
    return cases.map(({ half, dialogues }) => ({
      name: `${id}, ${half} half of the utterance bank`,
      dialogues,
      agents: run.agents,
    }));
  });
}

function readReviewed(id: string, storeFile: string, { taxonomy }: Library): Promise<NamedSet[]> {
  return withStore(storeFile, async (store) => {
    const run = await findRun(store, id);
    const { reviewed, dialogues } = await reviewOfRun(store, run, undefined);
    const settled = labelledSet(reviewed, dialogues, taxonomy);
    const name = `reviewed dialogues of ${id}`;
    if (settled.length > 0) return [{ name, dialogues: settled, agents: run.agents }];
    throw new MatrixError(`reviewers have settled on no dialogue of run ${id}`, {
      mend: `Begin: matrix-sim review export ${id} --out FOLDER; what they differ in: review adjudicate ${id}`,
    });
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
