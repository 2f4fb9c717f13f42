import { Command } from 'commander';
import { MatrixError } from '../../../errors.js';
import { DEFAULT_LOSSES, learnWeights, type JurorWeights } from '../../../review/juror-weights.js';
import { assertFree, writeWhole } from '../../../whole-file.js';
import { amount, share } from '../../option-values.js';
import { print, printJson } from '../../output.js';
import { STORE_OPTION, withStore } from '../../store-option.js';
import { openReview, type ReviewFlags } from './open-review.js';

interface WeightsFlags extends ReviewFlags {
  readonly out?: string;
  readonly missedMajor: number;
  readonly missedOther: number;
  readonly falseAlarm: number;
  readonly learningRate?: number;
  readonly force?: boolean;
}

export function weightsCommand(): Command {
  return new Command('weights')
    .description("Learn what each juror's vote should weigh, from what reviewers settled.")
    .argument('<run>', 'id of the run')
    .option('--out <file>', 'write them for --jury-weights (JSON)')
    .option(
      '--missed-major <loss>',
      'loss of a missed Major, 0 to 1',
      share,
      DEFAULT_LOSSES.missedMajor,
    )
    .option(
      '--missed-other <loss>',
      'loss of another missed mode',
      share,
      DEFAULT_LOSSES.missedOther,
    )
    .option('--false-alarm <loss>', 'loss of a false alarm', share, DEFAULT_LOSSES.falseAlarm)
    .option('--learning-rate <rate>', 'default: √(8 ln jurors ÷ rounds)', amount)
    .option('--judging <id>', 'an earlier judging of the run')
    .option('--force', 'overwrite what is there')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Hedge (Freund and Schapire 1997): a round a dialogue in the order of ids; a juror without a vote sleeps.
A jury with new weights is a new judge: measure it on labels that did not train it.
Example:
  matrix-sim review weights r-2026-11-24-1 --out weights.json
  matrix-sim judge run r-2026-11-24-2 --judge A --judge B --jury-weights weights.json`,
    )
    .action(learn);
}

async function learn(id: string, flags: WeightsFlags): Promise<void> {
  if (flags.out !== undefined && !flags.force) assertFree(flags.out);
  const review = await withStore(flags.store, (store) => openReview(store, id, flags));
  const { missedMajor, missedOther, falseAlarm } = flags;
  const learned =
    review.judging &&
    learnWeights(
      { run: id, judging: review.judging.id },
      review.reviewed,
      review.dialogues,
      { missedMajor, missedOther, falseAlarm },
      flags.learningRate,
    );
  if (!learned) {
    throw new MatrixError('there is nothing to learn from', {
      mend: 'It takes a judging by two jurors or more, and dialogues that reviewers settled as safe or unsafe.',
    });
  }
  if (flags.out !== undefined) writeWhole(flags.out, `${JSON.stringify(learned, null, 2)}\n`);
  if (flags.json) printJson(learned);
  else print(render(learned, flags.out));
}

function render(learned: JurorWeights, out: string | undefined): string[] {
  const { weights, losses, order, learningRate, mixtureLoss, regret, regretBound } = learned;
  return [
    `weights ${learned.id}, learned from ${order.length} dialogues at rate ${learningRate.toFixed(3)}`,
    ...Object.entries(weights).map(
      ([juror, weight]) =>
        `  ${weight.toFixed(3)}  ${juror}  (lost ${(losses[juror] ?? 0).toFixed(2)})`,
    ),
    `weighted jury lost ${mixtureLoss.toFixed(2)}; regret against the best juror ${regret.toFixed(2)}, at most ${regretBound.toFixed(2)}`,
    ...(out === undefined ? [] : [`wrote ${out}`]),
  ];
}
