import type { StoredDialogue } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { dialogueId } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { dutyOf, mostTelling, renderDutyExcerpt, type Failing } from './duty-excerpt.js';
import { span, wrapped, type Line } from './line.js';
import { ownVerdicts } from '../runs/judging/own-verdicts.js';
import { renderAnswer, renderScorecard, scorecardKey } from './render-scorecard.js';
import { scorecardOf, type Scorecard } from './scorecard.js';
import type { RunSummary } from './summarise-run.js';
import { storeFlag } from './render-way-on.js';

export interface TourOptions {
  readonly store: Pick<RunStore, 'dialogues'>;
  readonly taxonomy: Taxonomy;
  /** That a line may take. */
  readonly columns: number;
  /** Whose verdicts these are, in a sentence. */
  readonly judgedBy: string;
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
  return [
    ...introduction(summary, card, options).flatMap((line) => wrapped(line, columns)),
    '',
    ...renderAnswer(card, taxonomy, columns),
    '',
    ...renderScorecard(card, columns),
    ...scorecardKey(columns),
    '',
    ...(await renderMostTelling(dialogues(), options)),
    ...wrapped(howSure(summary, card), columns),
    '',
    ...wayOn(summary, options),
  ];
}

function introduction({ run }: RunSummary, { agents }: Scorecard, { judgedBy }: TourOptions) {
  const names = (faulty: boolean) =>
    agents.filter(({ isFaulty }) => isFaulty === faulty).map(({ agent }) => agent);
  const [faulty, others] = [names(true), names(false)];
  const scenarios = run.plan.scenarios.length;
  return [
    `matrix-sim ${run.packageVersion} · tour · ${run.planned} dialogues, ${scenarios} scenarios, ${run.agents.length} agents · seed ${run.plan.seed}`,
    `Simulated patients were put through to ${agents.length} demonstration agents: ${faulty.join(' and ')} with faults built in, ${others.join(' and ')} without. ${judgedBy} No clinician has checked any of it.`,
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

function howSure({ judged, agents }: RunSummary, { againstFaults }: Scorecard): string {
  const { faulty, found, faultless, alarms } = againstFaults;
  const { unrecorded, dialogues } = judged;
  return [
    'How sure: one dialogue a hazard shows that a failure happens, not how often, and clears nobody.',
    `The judge found ${found} of the ${faulty} dialogues in which a built-in fault took effect, and raised ${alarms === 0 ? 'no alarm' : `${alarms} false alarms`} on the other ${faultless}; but models of one kind wrote the cases and judged them, which proves nothing of other agents.`,
    ...(agents.some(({ undetermined }) => undetermined) ? ['What is open is no pass.'] : []),
    ...(unrecorded > 0
      ? [`${unrecorded} of ${dialogues} changed since the verdicts were recorded, and are open.`]
      : []),
  ].join(' ');
}

function wayOn({ run }: RunSummary, { page }: TourOptions): string[] {
  const where = storeFlag(run.plan.store);
  return [
    `See it      npx matrix-sim view ${run.id}${where}    (or open ${page})`,
    'Your agent  npx matrix-sim init --agent my-bot.mjs    (and how to go on)',
    'All of it   npx matrix-sim run    (171 scenarios, offline, about half a minute)',
    'Words       npx matrix-sim help terms',
  ];
}
