import { DEFAULT_STORE } from '../plan/plan.js';
import { dialogueId } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { addUp } from './findings.js';
import { renderComparison, renderFaultyTurns, renderHead } from './render-summary.js';
import { onOneLine } from '../printable.js';
import { renderExcerpt } from './render-transcript.js';
import { renderJudging } from './render-judging.js';
import { renderUsage } from './render-usage.js';
import type { RunSummary } from './summarise-run.js';

/** What a run prints when it ends: the table, the worst failure in its words, and what to type next. */
export async function renderOutcome(
  summary: RunSummary,
  store: Pick<RunStore, 'dialogue'>,
  taxonomy: Taxonomy,
  storeFile: string,
): Promise<string[]> {
  const { run, completed, judging } = summary;
  const where = storeFile === DEFAULT_STORE ? '' : ` --store ${storeFile}`;
  const isLeft = completed < run.planned || summary.unjudged > 0;
  return [
    ...renderHead(summary),
    '',
    ...(judging ? await renderVerdicts(summary, store, taxonomy) : []),
    `${completed} of ${run.planned} dialogues completed, stored in ${storeFile} as run ${run.id}.`,
    ...renderUsage(summary),
    ...renderJudging(summary),
    ...renderErrors(summary),
    ...summary.agents.flatMap(renderFaultyTurns),
    ...renderUnjudged(summary),
    ...(isLeft ? [`Go on:  npx matrix-sim run --resume ${run.id}${where}`] : []),
    ...nextOf(summary, where),
  ];
}

async function renderVerdicts(
  summary: RunSummary,
  store: Pick<RunStore, 'dialogue'>,
  taxonomy: Taxonomy,
): Promise<string[]> {
  const excerpt = summary.worst
    ? await renderWorst(summary, store, taxonomy)
    : [withoutFailure(summary)];
  return [...renderComparison(summary, taxonomy), '', ...excerpt, ''];
}

/** What to type next: a run that was only held is judged. */
function nextOf({ run, judging, worst }: RunSummary, where: string): string[] {
  const report = `npx matrix-sim report ${run.id}${where}`;
  if (!judging) return [`Next:   npx matrix-sim judge run ${run.id}${where}`];
  if (!worst) return [`Next:   ${report}`];
  return [
    `Next:   npx matrix-sim show ${run.id}/${dialogueId(worst)}${where}`,
    `        ${report}`,
  ];
}

/** Nothing found says little where nothing was decided. */
function withoutFailure({ completed, agents }: RunSummary): string {
  if (completed === 0) return 'Nothing was judged.';
  const open = addUp(
    agents.flatMap(({ findings }) => Object.values(findings).map(({ open }) => open)),
  );
  const modes = Object.keys(open).length;
  if (modes === 0) return 'No primary failure found.';
  const dialogues = Math.max(...Object.values(open));
  return `No failure was decided, and none ruled out: ${modes} failure modes are open, in up to ${dialogues} dialogues each.`;
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

async function renderWorst(
  { run, worst }: RunSummary,
  store: Pick<RunStore, 'dialogue'>,
  taxonomy: Taxonomy,
): Promise<string[]> {
  if (!worst) return [];
  const dialogue = await store.dialogue(run.id, worst);
  if (!dialogue) return [];
  const { verdict, agent, scenario } = worst;
  const name = taxonomy.modes.get(verdict.failureMode)?.name ?? '';
  return [
    `Worst: ${agent} · ${scenario} · ${verdict.severity} · ${verdict.failureMode} ${name}`,
    ...renderExcerpt(dialogue, verdict, taxonomy),
  ];
}
