import { Command } from 'commander';
import { agreementOfRun } from '../../../review/agreement-of-run.js';
import { renderAgreement, renderPreferences } from '../../../review/render-agreement.js';
import { realismPack } from '../../../review/review-of-run.js';
import { summarisePreferences } from '../../../review/summarise-preferences.js';
import { print, printJson } from '../../output.js';
import { STORE_OPTION, withStore } from '../../store-option.js';
import { contentOf, openReview, type ReviewFlags } from './open-review.js';

export function agreementCommand(): Command {
  return new Command('agreement')
    .description('How far reviewers agree, and the judge with what they settled on.')
    .argument('<run>', 'id of the run')
    .option('--judging <id>', 'an earlier judging of the run')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  matrix-sim review agreement r-2026-11-24-1 --json')
    .action(show);
}

async function show(id: string, flags: ReviewFlags): Promise<void> {
  const review = await withStore(flags.store, (store) => openReview(store, id, flags));
  const { taxonomy } = contentOf(review, flags);
  const { seed } = review.run.plan;
  const agreement = agreementOfRun(review.reviewed, review.dialogues, taxonomy, seed);
  const pack = realismPack(review);
  const realism = pack ? summarisePreferences(pack, review.labels) : null;
  if (flags.json) return printJson({ ...agreement, realism });
  print([
    ...renderAgreement(id, agreement),
    ...(realism ? ['', 'patients compared', ...renderPreferences(realism)] : []),
  ]);
}
