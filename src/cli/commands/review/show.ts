import { Command } from 'commander';
import { renderDialogue } from '../../../report/render-transcript.js';
import { storeFlag } from '../../../report/render-way-on.js';
import { tellLabel } from '../../../review/export-review.js';
import type { ReviewOfRun } from '../../../review/review-of-run.js';
import type { ReviewedDialogue } from '../../../review/settle-labels.js';
import { dialogueId } from '../../../store/run-record.js';
import { parseDialogueId } from '../../dialogue-name.js';
import { print, printJson } from '../../output.js';
import { STORE_OPTION, withStore } from '../../store-option.js';
import { contentOf, dialogueIn, openReview, type ReviewFlags } from './open-review.js';

export function showCommand(): Command {
  return new Command('show')
    .description('One dialogue with its verdicts, and what people have said of it so far.')
    .argument('<dialogue>', 'RUN/SCENARIO/AGENT/REPEAT')
    .option('--judging <id>', 'an earlier judging of the run')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  matrix-sim review show r-2026-11-24-1/H01-D01/rushed/1')
    .action(show);
}

async function show(id: string, flags: ReviewFlags): Promise<void> {
  const { run, key } = parseDialogueId(id);
  const review = await withStore(flags.store, (store) => openReview(store, run, flags));
  const stored = dialogueIn(review, key);
  const people = review.reviewed.find(({ dialogue }) => dialogue === dialogueId(key));
  if (flags.json) return printJson({ run, id: dialogueId(key), ...stored, review: asJson(people) });
  const { taxonomy } = contentOf(review, flags);
  print([...renderDialogue(run, stored, taxonomy), '', ...tell(review, id, people, flags)]);
}

function tell(
  { run }: ReviewOfRun,
  id: string,
  people: ReviewedDialogue | undefined,
  flags: ReviewFlags,
): string[] {
  const command = (words: string) =>
    `Next:  npx matrix-sim review ${words}${storeFlag(flags.store)}`;
  if (!people) return ['no label yet', command(`label ${id} --by NAME`)];
  const { labels, adjudication, disagreements } = people;
  return [
    ...labels.map((label) => `${tellLabel(label)} (${label.source})`),
    ...(adjudication ? [`decided by ${tellLabel(adjudication)}`] : []),
    ...disagreements.map((line) => `open: ${line}`),
    disagreements.length > 0
      ? command(`label ${id} --by NAME --deciding`)
      : command(`next ${run.id}`),
  ];
}

function asJson(people: ReviewedDialogue | undefined) {
  if (!people) return { labels: [], adjudication: null, disagreements: [], settled: null };
  const { labels, adjudication = null, disagreements, settled } = people;
  return {
    ...{ labels, adjudication, disagreements },
    settled: settled ? { unsafe: settled.unsafe, modes: Object.fromEntries(settled.modes) } : null,
  };
}
