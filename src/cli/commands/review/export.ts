import { Command, Option } from 'commander';
import { MatrixError } from '../../../errors.js';
import { exportRealism, exportReview, type Exported } from '../../../review/export-review.js';
import { reviewOfRun } from '../../../review/review-of-run.js';
import { SHEET_FORMATS, type SheetFormat } from '../../../review/sheet-files.js';
import type { RunStore } from '../../../store/run-store.js';
import { atLeastOne, countOf, whole } from '../../option-values.js';
import { print, printJson } from '../../output.js';
import { findRun, STORE_OPTION, withStore } from '../../store-option.js';
import { contentOf, openReview, type ReviewFlags } from './open-review.js';

interface ExportFlags extends ReviewFlags {
  readonly out: string;
  readonly reviewers: number;
  readonly names?: string;
  readonly sample: number;
  readonly overlap: number;
  readonly labelsEach: number;
  readonly format: string;
  readonly seed: number;
  readonly agent?: string;
  readonly study: 'safety' | 'realism';
  readonly against?: string;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Draw dialogues and write a blinded pack for each reviewer.')
    .argument('<run>', 'id of the run')
    .requiredOption('--out <folder>', 'folder to write to')
    .option('--reviewers <n>', 'how many people label', atLeastOne, 2)
    .option('--names <list>', 'their names, with commas (default: reviewer-1, reviewer-2 …)')
    .option('--sample <n>', 'dialogues in all', atLeastOne, 60)
    .option('--overlap <n>', 'dialogues that every reviewer gets', countOf, 20)
    .option('--labels-each <n>', 'reviewers that see each of the rest', atLeastOne, 1)
    .option('--format <list>', `with commas: ${SHEET_FORMATS.join(', ')}`, 'xlsx,html')
    .option('--agent <name>', 'draw from the dialogues of this agent alone')
    .addOption(
      new Option('--study <kind>', 'safety labels, or how real two patients sound')
        .choices(['safety', 'realism'])
        .default('safety'),
    )
    .option('--against <run>', 'with --study realism: the run with the other patient')
    .option('--seed <n>', 'decides what is drawn, and its order', whole, 1)
    .option('--judging <id>', 'whose outcomes the sample is drawn by (default: the latest)')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
    .option('--scenario-library <folder>', 'scenarios (default: as the run was made)')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Reviewers see neither agent, judge, scenario nor hazard. What they were given is kept in the store.
Examples:
  matrix-sim review export r-2026-11-24-1 --out packs --reviewers 3 --sample 60 --overlap 20
  matrix-sim review export r-2026-11-24-1 --out packs --names osei,lund --format xlsx,html,csv
  matrix-sim review export r-2026-11-24-1 --out study --study realism --against r-2026-11-24-2`,
    )
    .action(write);
}

async function write(id: string, flags: ExportFlags): Promise<void> {
  const formats = formatsOf(flags.format);
  const { pack, files } = await withStore(flags.store, (store) =>
    flags.study === 'realism'
      ? writeRealism(store, id, flags, formats)
      : writeSafety(store, id, flags, formats),
  );
  if (flags.json) return printJson({ pack, files });
  const counts = pack.reviewers.map(({ name, items }) => `${name} ${items.length}`).join(', ');
  print([
    ...files.map((file) => `wrote ${file}`),
    `pack ${pack.id}: ${pack.items.length} items (${counts})`,
    `Send each reviewer one file; the HTML form gives a .json to send back. Then:`,
    `Next:  npx matrix-sim review import FILE…`,
  ]);
}

async function writeSafety(
  store: RunStore,
  id: string,
  flags: ExportFlags,
  formats: readonly SheetFormat[],
): Promise<Exported> {
  const review = await openReview(store, id, flags);
  await findRun(store, id, flags.agent);
  const { sample, overlap, labelsEach: each, seed, agent } = flags;
  return exportReview(
    review,
    { reviewers: namesOf(flags), sample, overlap, each, seed, agent },
    contentOf(review, flags),
    placeOf(store, flags, formats),
  );
}

async function writeRealism(
  store: RunStore,
  id: string,
  flags: ExportFlags,
  formats: readonly SheetFormat[],
): Promise<Exported> {
  if (flags.against === undefined) {
    throw new MatrixError('two patients are needed', {
      mend: 'Name the run that was held with the other one: --against RUN.',
    });
  }
  const [a, b] = [await findRun(store, id), await findRun(store, flags.against)];
  const side = async (run: typeof a) => ({
    run: run.id,
    patient:
      run.plan.patient === 'offline' ? `rules (${run.id})` : `${run.plan.patient} (${run.id})`,
    dialogues: (await reviewOfRun(store, run, undefined)).dialogues,
  });
  const { sample, seed } = flags;
  return exportRealism(
    [await side(a), await side(b)],
    { reviewers: namesOf(flags), sample, seed },
    placeOf(store, flags, formats),
  );
}

function placeOf(store: RunStore, { out }: ExportFlags, formats: readonly SheetFormat[]) {
  return { store, folder: out, formats, clock: () => new Date() };
}

function namesOf({ names, reviewers }: ExportFlags): string[] {
  const given = names
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return given ?? Array.from({ length: reviewers }, (_, index) => `reviewer-${index + 1}`);
}

function formatsOf(list: string): SheetFormat[] {
  return list.split(',').map((word) => {
    const format = SHEET_FORMATS.find((known) => known === word.trim());
    if (format) return format;
    throw new MatrixError(`"${word}" is no format`, { mend: `Use ${SHEET_FORMATS.join(', ')}.` });
  });
}
