import type { RunStore } from '../store/run-store.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { onOneLine } from '../printable.js';
import { span, wrapped, type Line } from './line.js';
import { renderCounts } from './render-counts.js';
import { renderHead } from './render-head.js';
import { renderJudging } from './render-judging.js';
import { renderFaultyTurns } from './render-report.js';
import { renderExcerpt } from './render-transcript.js';
import { renderSampling } from './sampling/render-sampling.js';
import { renderUnassessed } from './render-unassessed.js';
import { renderUsage } from './render-usage.js';
import { openIn, renderWayOn, storeFlag, whoDecides } from './render-way-on.js';
import type { RunSummary } from './summarise-run.js';
import { dialogueId } from '../store/run-record.js';

export interface OutcomeOptions {
  readonly store: Pick<RunStore, 'dialogue'>;
  readonly taxonomy: Taxonomy;
  /** That a line may take; quotes of a transcript may be longer. */
  readonly columns: number;
  /** That it took; left out where that is not known. */
  readonly seconds?: number;
}

/** Groups of failures that a run names when it ends. */
const MOST_GROUPS = 5;

/** What a run prints when it ends: counts, what failed, what is open, its worst words, and what to type next. */
export async function renderOutcome(summary: RunSummary, options: OutcomeOptions): Promise<Line[]> {
  const { run, left, judging } = summary;
  const { taxonomy, columns } = options;
  const isLeft = left > 0 || summary.unjudged > 0;
  return [
    ...renderHead(summary, columns),
    '',
    ...(judging ? [...renderCounts(summary.agents, taxonomy, columns), ''] : []),
    ...(judging ? await renderFindings(summary, options) : []),
    ...wrapped(howFar(summary, options.seconds), columns),
    ...renderSampling(summary, columns),
    ...renderUsage(summary),
    ...renderJudging(summary),
    ...renderErrors(summary),
    ...summary.agents.flatMap(renderFaultyTurns),
    ...summary.agents
      .flatMap((agent) => renderUnassessed(agent, taxonomy))
      .flatMap((line) => wrapped(line, columns)),
    ...renderUnjudged(summary),
    ...(isLeft
      ? [`Go on:     npx matrix-sim run --resume ${run.id}${storeFlag(run.plan.store)}`]
      : []),
    ...renderWayOn(summary),
  ];
}

function howFar({ completed, run }: RunSummary, seconds: number | undefined): string {
  const took = seconds === undefined ? '' : ` in ${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return `${completed} of ${run.planned} dialogues completed${took}, stored in ${run.plan.store} as run ${run.id}.`;
}

async function renderFindings(summary: RunSummary, options: OutcomeOptions): Promise<Line[]> {
  const { failures, completed } = summary;
  const open = openIn(summary);
  const nothing = open > 0 ? 'No failure was decided, and none ruled out.' : 'No failure found.';
  return [
    ...(failures.length > 0
      ? renderGroups(summary, options.taxonomy)
      : [completed > 0 ? nothing : 'Nothing was judged.']),
    ...(open > 0
      ? ([
          '',
          [span(`Open in ${open} dialogues`, 'open'), ': neither failed nor cleared.'],
          ...wrapped(whoDecides(summary), options.columns),
        ] as Line[])
      : []),
    '',
    ...(await renderFirst(summary, options)),
  ];
}

/** By agent and mode, with the dialogue in which to look. */
function renderGroups({ failures }: RunSummary, taxonomy: Taxonomy): Line[] {
  const more = failures.length - MOST_GROUPS;
  return [
    [
      span('What failed', 'strong'),
      ', gravest first: dialogues, agent, failure mode, where to look',
    ],
    ...failures
      .slice(0, MOST_GROUPS)
      .map(({ agent, failureMode, severity, dialogues, first }): Line => {
        const name = taxonomy.modes.get(failureMode)?.name ?? '';
        return [
          span(String(dialogues).padStart(5), 'bad'),
          `  ${agent} · ${failureMode} ${name} · ${severity} · ${dialogueId(first)}`,
        ];
      }),
    ...(more > 0 ? [`       and ${more} more of agent and mode`] : []),
  ];
}

/** Verdicts that are still to be given; nothing where there are none. */
export function renderUnjudged({ unjudged }: Pick<RunSummary, 'unjudged'>): string[] {
  if (unjudged === 0) return [];
  return [
    `${unjudged} dialogues wait for their verdicts: a juror could not be asked, or the budget was spent.`,
  ];
}

/** What went wrong with an agent, once for each message. */
function renderErrors({ agents }: RunSummary): string[] {
  return agents.flatMap(({ agent, errors }) =>
    Object.entries(errors).map(([message, count]) => `${agent}: ${count} × ${onOneLine(message)}`),
  );
}

/** The first of the gravest, in its words. */
async function renderFirst(
  { run, failures: [group] }: RunSummary,
  { store, taxonomy }: OutcomeOptions,
): Promise<string[]> {
  const dialogue = group && (await store.dialogue(run.id, group.first));
  if (!group || !dialogue) return [];
  return [`${dialogueId(group.first)}:`, ...renderExcerpt(dialogue, group.verdict, taxonomy), ''];
}
