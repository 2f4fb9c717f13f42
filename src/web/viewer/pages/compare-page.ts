import { html } from 'hono/html';
import type { Comparison } from '../../../report/comparison/compare-sides.js';
import type { Move } from '../../../report/comparison/list-moves.js';
import { EMPHASIS, nameOf, wordsOf } from '../../../report/comparison/words.js';
import { plainLine } from '../../../report/line.js';
import { badge } from '../../components/badges.js';
import type { Markup } from '../../components/page-shell.js';
import { dialogueAddress } from '../addresses.js';
import { keyOf } from '../list-query.js';
import type { ComparisonModel } from '../load-comparison.js';
import { renderViewerPage } from './viewer-page.js';

/** Whether one is worse than the other, and the dialogues that tell. */
export function renderComparisonPage({ a, b, report, lines }: ComparisonModel): string {
  const title = a === b ? `Agents of ${a}` : `${a} and ${b}`;
  const main = html`<h1>${title}</h1>
    ${report.comparisons.map((comparison) => renderOne(comparison, report.margin))}
    <h2>In figures</h2>
    <pre tabindex="0" role="region" aria-label="In figures">
${lines.map(plainLine).join('\n')}</pre>`;
  return renderViewerPage({ title, path: [{ name: title }], main });
}

function renderOne(comparison: Comparison, margin: number): Markup {
  const { first, second, all, worse, better, perhapsWorse } = comparison;
  const kind = { bad: 'bad', good: 'good', open: 'open' }[EMPHASIS[all.conclusion] as 'bad'];
  return html`<h2>${nameOf(second)} against ${nameOf(first)}</h2>
    <p class="lead">${badge(wordsOf(all.conclusion, margin), kind as 'bad')}</p>
    ${renderMoves(`Worse in ${nameOf(second)}`, worse, comparison)}
    ${renderMoves(`Better in ${nameOf(second)}`, better, comparison)}
    ${renderMoves(`Failed in ${nameOf(second)}, the other not decided`, perhapsWorse, comparison)}`;
}

function renderMoves(title: string, moves: readonly Move[], comparison: Comparison): Markup {
  if (moves.length === 0) return html``;
  const { first, second } = comparison;
  return html`<details>
    <summary>${title}: ${moves.length}</summary>
    <ul>
      ${moves.map(
        (move) =>
          html`<li>
            ${linkTo(first.run, move.first)} and ${linkTo(second.run, move.second)}:
            ${move.failed.join(', ')}
          </li>`,
      )}
    </ul>
  </details>`;
}

function linkTo(run: string, id: string): Markup {
  const key = keyOf(id);
  return key ? html`<a href="${dialogueAddress(run, key)}">${run}/${id}</a>` : html`${run}/${id}`;
}
