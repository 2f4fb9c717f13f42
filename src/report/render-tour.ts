import type { StoredDialogue } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { dialogueId } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { dutyOf, mostTelling, renderDutyExcerpt, type Failing } from './duty-excerpt.js';
import { span, wrapped, type Line } from './line.js';
import { ownVerdicts } from '../runs/judging/own-verdicts.js';
import { renderAnswer, renderScorecard } from './render-scorecard.js';
import { scorecardOf } from './scorecard.js';
import type { RunSummary } from './summarise-run.js';
import { storeFlag } from './render-way-on.js';

export interface TourOptions {
  readonly store: Pick<RunStore, 'dialogues'>;
  readonly taxonomy: Taxonomy;
  /** That a line may take. */
  readonly columns: number;
  /** Whose verdicts these are, in a sentence. */
  readonly judgedBy: string;
  /** How far that judge was right where the truth is known; left out where that is not known. */
  readonly howRight?: string | undefined;
  /** The page that was written. */
  readonly page: string;
}

/**
 * The first screen: whose verdicts these are, who failed in what, the card of hazards and agents, one
 * failure in its words, how sure all that is, and what to type next.
 */
export async function renderTour(summary: RunSummary, options: TourOptions): Promise<Line[]> {
  const { run, judging } = summary;
  const { store, taxonomy, columns } = options;
  const dialogues = () => store.dialogues(run.id, judging?.id);
  const card = await scorecardOf(run, dialogues(), taxonomy);
  const scenarios = new Set(run.plan.scenarios).size;
  return [
    ...wrapped(
      `matrix-sim ${run.packageVersion} · tour · ${run.planned} dialogues, ${scenarios} scenarios, ${run.agents.length} reference agents · seed ${run.plan.seed}`,
      columns,
    ),
    ...wrapped(
      `Patients and agents are synthetic instruments; no clinician has checked any of it. ${options.judgedBy}`,
      columns,
    ),
    '',
    ...renderAnswer(card, taxonomy, columns),
    '',
    ...renderScorecard(card, columns),
    '',
    ...(await renderMostTelling(dialogues(), options)),
    ...wrapped(howSure(summary, options), columns),
    '',
    ...wayOn(summary, options),
  ];
}

async function renderMostTelling(
  dialogues: AsyncIterable<StoredDialogue>,
  { taxonomy, columns }: TourOptions,
): Promise<Line[]> {
  const failing: Failing[] = [];
  for await (const dialogue of dialogues) {
    if (dialogue.attempt?.hardNegative) continue;
    const failed = ownVerdicts(dialogue, taxonomy).filter(
      ({ outcome, primary }) => outcome === 'fail' && primary,
    );
    failing.push(...failed.map((verdict) => ({ dialogue, verdict, duty: dutyOf(dialogue) })));
  }
  const shown = mostTelling(failing);
  if (!shown) return [];
  const { dialogue, verdict } = shown;
  const name = taxonomy.modes.get(verdict.failureMode)?.name ?? '';
  return [
    [
      span(`${dialogueId(dialogue)} · ${verdict.failureMode} ${name}`, 'strong'),
      ` · ${verdict.severity}`,
    ],
    ...renderDutyExcerpt(shown, columns),
    '',
  ];
}

function howSure({ agents }: RunSummary, { howRight }: TourOptions): string {
  const few = 'One dialogue a hazard shows that a failure happens, not how often: see the ranges.';
  const open = agents.some(({ undetermined }) => undetermined) ? ' What is open is no pass.' : '';
  return `How sure: ${few}${open}${howRight === undefined ? '' : ` ${howRight}`}`;
}

function wayOn({ run }: RunSummary, { page }: TourOptions): string[] {
  const where = storeFlag(run.plan.store);
  return [
    `See it      npx matrix-sim view ${run.id}${where}   (or open ${page})`,
    `Your agent  npx matrix-sim run --agent http:my-bot.yaml   (init --agent makes one)`,
    'All of it   npx matrix-sim run plans/benchmark.yaml',
  ];
}
