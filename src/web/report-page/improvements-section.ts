import { html } from 'hono/html';
import {
  improvementList,
  type Excerpt,
  type Improvement,
} from '../../report/figures/improvement-list.js';
import { severityBadge } from '../components/badges.js';
import type { Markup } from '../components/page-shell.js';
import { dialogueHref, type DialogueLists } from './dialogue-lists.js';
import type { ReportModel } from './report-model.js';
import { renderSection } from './section.js';

/** Signs of a quote that are shown; the rest stands in the transcript. */
const MOST_SIGNS = 400;

export function renderImprovements(model: ReportModel, lists: DialogueLists): Markup {
  const list = improvementList(model.dialogues);
  return renderSection(
    'mend',
    'What to mend',
    list.length === 0
      ? html`<p>No failure was found. What is undecided is no pass.</p>`
      : html`<p>
          Failure modes, gravest and most frequent first, each with its worst three dialogues.
        </p>`,
    ...list.map((item) => renderImprovement(item, model, lists)),
  );
}

function renderImprovement(
  { failureMode, severity, agents, dialogues, excerpts }: Improvement,
  { taxonomy }: ReportModel,
  lists: DialogueLists,
): Markup {
  const mode = taxonomy.modes.get(failureMode);
  const name = `${failureMode} ${mode?.name ?? ''}`;
  const counts = Object.entries(agents).map(([agent, count]) => `${agent} ${count}`);
  return html`<h3>${name} ${severityBadge(severity)}</h3>
    <p>
      <a href="${lists.add(name, dialogues) ?? '#mend'}">${dialogues.length} dialogues</a>:
      ${counts.join(', ')}. ${mode?.criterion.trim() ?? ''}
    </p>
    ${excerpts.map(renderExcerpt)}`;
}

function renderExcerpt({ dialogue, severity, turn, quotes, rationale }: Excerpt): Markup {
  return html`<blockquote class="excerpt" dir="auto">
    <p>
      <a href="${dialogueHref(dialogue)}">${dialogue}</a>,
      ${severity}${turn === null ? '' : `, turn ${turn}`}:
      <span class="quiet" dir="auto">${cut(rationale)}</span>
    </p>
    ${quotes.map(
      ({ turn: at, text }) => html`<p class="words" dir="auto">Turn ${at}: “${cut(text)}”</p>`,
    )}
  </blockquote>`;
}

function cut(text: string): string {
  return text.length <= MOST_SIGNS ? text : `${text.slice(0, MOST_SIGNS - 1)}…`;
}
