import path from 'node:path';
import { Command } from 'commander';
import { EXIT } from '../../errors.js';
import { createLogger } from '../../logger.js';
import { readPlan } from '../../plan/read-plan.js';
import { storeFlag } from '../../report/render-way-on.js';
import { renderTour } from '../../report/render-tour.js';
import { scorecardOf } from '../../report/scorecard.js';
import { summariseStored } from '../../report/summarise-stored.js';
import { describeRecording } from '../../runs/recorded/describe-recording.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import { statusUnderGates } from '../gate-status.js';
import { columns, note, print, printJson } from '../output.js';
import { STORE_OPTION, withNewStore } from '../store-option.js';
import { writeReportPage } from '../write-report-page.js';
import { TOUR } from './recorded/dialogues.js';
import { carryOut } from './run.js';

/** Written anew each time; a page that somebody names is not overwritten. */
const PAGE = path.join('.matrix', 'tour.html');

interface TourFlags {
  readonly store: string;
  readonly html: string;
  readonly json?: boolean;
}

export function tourCommand(): Command {
  return new Command('tour')
    .description(
      'The first minute: 63 dialogues with three reference agents, judged, on one screen.',
    )
    .option(...STORE_OPTION)
    .option('--html <file>', 'the page that is written', PAGE)
    .option('--json', 'print scorecard and summary as JSON')
    .addHelpText(
      'after',
      `
Offline: patients and agents are rules, and the language model's verdicts were recorded
(docs/recorded.md). The plan is plans/tour.yaml.
Examples:
  matrix-sim tour
  matrix-sim tour --json | jq .scorecard.agents`,
    )
    .action(tour);
}

async function tour(flags: TourFlags): Promise<void> {
  const plan = { ...readPlan(TOUR), store: flags.store };
  await withNewStore(flags.store, async (store) => {
    const clock = () => new Date();
    const ran = await carryOut(plan, { clock, logger: createLogger(undefined), store });
    const taxonomy = loadTaxonomy();
    const summary = await summariseStored(store, ran.run, ran.judging, taxonomy);
    process.exitCode = ran.interrupted ? EXIT.interrupted : statusUnderGates([], summary);
    await writeReportPage(store, ran.run.id, { ...flags, force: flags.html === PAGE });
    if (flags.json) {
      const dialogues = store.dialogues(ran.run.id, ran.judging?.id);
      const scorecard = await scorecardOf(ran.run, dialogues, taxonomy);
      return printJson({ scorecard, ...summary, interrupted: ran.interrupted, page: flags.html });
    }
    const judgedBy = judgedByOf(plan.judges);
    const options = { store, taxonomy, columns: columns(), judgedBy, page: flags.html };
    print(await renderTour(summary, options));
    if (ran.interrupted)
      note(`go on: npx matrix-sim run --resume ${ran.run.id}${storeFlag(flags.store)}`);
  });
}

/** Whose verdicts these are, in a sentence. */
function judgedByOf(judges: readonly string[] = []): string {
  const recorded = judges.flatMap((judge) => /^recorded:(.+)$/s.exec(judge)?.[1] ?? []);
  const voices = ['deterministic checks', ...recorded.map(describeRecording)];
  return `Judged by ${voices.join(', and by ')}.`;
}
