import { dialogueId } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { renderComparison, renderHead } from './render-summary.js';
import { renderExcerpt } from './render-transcript.js';
import type { RunSummary } from './summarise-run.js';

/** What a run prints when it ends: the table, the worst failure in its words, and what to type next. */
export async function renderOutcome(
  summary: RunSummary,
  store: Pick<RunStore, 'dialogue'>,
  taxonomy: Taxonomy,
  storeFile: string,
): Promise<string[]> {
  const { run, completed, worst } = summary;
  const excerpt = worst
    ? await renderWorst(summary, store, taxonomy)
    : ['No primary failure found.'];
  const next = worst ? `${run.id}/${dialogueId(worst)}` : undefined;
  return [
    ...renderHead(summary),
    '',
    ...renderComparison(summary, taxonomy),
    '',
    ...excerpt,
    '',
    `${completed} of ${run.planned} dialogues completed, stored in ${storeFile} as run ${run.id}.`,
    ...(completed < run.planned ? [`Go on:  npx matrix-sim run --resume ${run.id}`] : []),
    ...(next === undefined ? [] : [`Next:   npx matrix-sim show ${next}`]),
    `        npx matrix-sim report ${run.id}`,
  ];
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
