import { Command } from 'commander';
import { adjudicateCommand } from './adjudicate.js';
import { agreementCommand } from './agreement.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';
import { labelCommand } from './label.js';
import { nextCommand } from './next.js';
import { showCommand } from './show.js';
import { weightsCommand } from './weights.js';

/** `review`: what people make of a run, and what their labels teach. */
export function reviewCommand(): Command {
  return new Command('review')
    .description('Put dialogues before clinicians, blinded, and learn from their labels.')
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(agreementCommand())
    .addCommand(adjudicateCommand())
    .addCommand(nextCommand())
    .addCommand(showCommand())
    .addCommand(labelCommand())
    .addCommand(weightsCommand())
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim review export r-2026-11-24-1 --out packs --reviewers 3 --sample 60 --overlap 20
  matrix-sim review import packs/*.xlsx
  matrix-sim review agreement r-2026-11-24-1
  matrix-sim review adjudicate r-2026-11-24-1 --out deciding --by lund
  matrix-sim report r-2026-11-24-1 --calibrated
  matrix-sim review weights r-2026-11-24-1 --out weights.json`,
    );
}
