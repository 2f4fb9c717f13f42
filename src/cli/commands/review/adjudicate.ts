import { Command } from 'commander';
import { MatrixError } from '../../../errors.js';
import { exportDisagreements, tellLabel } from '../../../review/export-review.js';
import type { ReviewOfRun } from '../../../review/review-of-run.js';
import type { RunStore } from '../../../store/run-store.js';
import { print, printJson } from '../../output.js';
import { STORE_OPTION, withStore } from '../../store-option.js';
import { contentOf, openReview, type ReviewFlags } from './open-review.js';

interface AdjudicateFlags extends ReviewFlags {
  readonly out?: string;
  readonly by?: string;
}

export function adjudicateCommand(): Command {
  return new Command('adjudicate')
    .description('List what reviewers differ in, and write it for the one who decides.')
    .argument('<run>', 'id of the run')
    .option('--out <folder>', 'write a pack of the open dialogues, with what was said of them')
    .option('--by <name>', 'with --out: who decides')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
    .option('--scenario-library <folder>', 'scenarios (default: as the run was made)')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
The deciding labels come back by review import, or one at a time by review label --deciding.
Examples:
  matrix-sim review adjudicate r-2026-11-24-1
  matrix-sim review adjudicate r-2026-11-24-1 --out deciding --by lund`,
    )
    .action(adjudicate);
}

async function adjudicate(id: string, flags: AdjudicateFlags): Promise<void> {
  await withStore(flags.store, async (store) => {
    const review = await openReview(store, id, flags);
    if (flags.out !== undefined) return write(store, review, flags, flags.out);
    const open = review.reviewed.filter(({ disagreements }) => disagreements.length > 0);
    if (flags.json) return printJson(open);
    if (open.length === 0) return print(`Reviewers of run ${id} differ in nothing.`);
    print([
      `${open.length} dialogues on which reviewers differ`,
      ...open.flatMap(({ dialogue, disagreements, labels }) => [
        '',
        `${id}/${dialogue}`,
        ...disagreements.map((line) => `  ${line}`),
        ...labels.map((label) => `    ${tellLabel(label)}`),
      ]),
      '',
      `Next:  npx matrix-sim review adjudicate ${id} --out deciding --by NAME`,
    ]);
  });
}

async function write(
  store: RunStore,
  review: ReviewOfRun,
  flags: AdjudicateFlags,
  folder: string,
): Promise<void> {
  if (flags.by === undefined) {
    throw new MatrixError('nobody is named who decides', { mend: 'Name the person with --by.' });
  }
  const place = { store, folder, formats: ['xlsx', 'html'] as const, clock: () => new Date() };
  const content = contentOf(review, flags);
  const { pack, files } = await exportDisagreements(review, flags.by, content, place);
  if (flags.json) return printJson({ pack, files });
  print([
    ...files.map((file) => `wrote ${file}`),
    `${pack.items.length} dialogues to decide, with what was said of them`,
    `Next:  npx matrix-sim review import ${files[0] ?? 'FILE'}`,
  ]);
}
