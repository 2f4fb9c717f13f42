import { Command } from 'commander';
import { storeFlag } from '../../../report/render-way-on.js';
import { rankUnreviewed } from '../../../review/next-dialogues.js';
import { modesOf } from '../../../review/settle-labels.js';
import { atLeastOne } from '../../option-values.js';
import { print, printJson } from '../../output.js';
import { STORE_OPTION, withStore } from '../../store-option.js';
import { openReview, type ReviewFlags } from './open-review.js';

interface NextFlags extends ReviewFlags {
  readonly count: number;
}

export function nextCommand(): Command {
  return new Command('next')
    .description('The unreviewed dialogues whose labels would teach most.')
    .argument('<run>', 'id of the run')
    .option('--count <n>', 'how many', atLeastOne, 10)
    .option('--judging <id>', 'an earlier judging of the run')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nWhat a --fail-on of the run left open comes first.\nExample:\n  matrix-sim review next r-2026-11-24-1 --count 5',
    )
    .action(show);
}

async function show(id: string, flags: NextFlags): Promise<void> {
  const review = await withStore(flags.store, (store) => openReview(store, id, flags));
  const found = new Map<string, number>();
  for (const mode of review.reviewed.flatMap(({ labels }) => labels.flatMap(modesOf))) {
    found.set(mode, (found.get(mode) ?? 0) + 1);
  }
  const reviewed = new Set(review.reviewed.map(({ dialogue }) => dialogue));
  const ranked = rankUnreviewed(review.dialogues, {
    ...{ reviewed, found, failOn: review.run.plan.failOn },
  });
  const next = ranked.slice(0, flags.count);
  if (flags.json) return printJson(next);
  const [first] = next;
  print([
    `${ranked.length} dialogues of run ${id} have no label`,
    ...next.map(({ dialogue, why }) => `${id}/${dialogue}\n    ${why}`),
    ...(first
      ? [`Next:  npx matrix-sim review show ${id}/${first.dialogue}${storeFlag(flags.store)}`]
      : []),
  ]);
}
