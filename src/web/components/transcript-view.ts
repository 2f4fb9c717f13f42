import { html } from 'hono/html';
import type { Piece } from './mark-evidence.js';
import { words, type Markup } from './page-shell.js';
import type { TurnView } from './transcript-model.js';

/**
 * Turns as a script, in the margin what happened behind them.
 * @param prefix sets the ids of two transcripts on one page apart
 */
export function renderTranscript(turns: readonly TurnView[], prefix = ''): Markup {
  return html`<ol class="turns">
    ${turns.map((turn) => renderTurn(turn, prefix))}
  </ol>`;
}

function renderTurn({ number, role, ...turn }: TurnView, prefix: string): Markup {
  const { pieces, beside, notes, shows } = turn;
  return html`<li
    class="turn"
    id="${prefix}turn-${number}"
    data-role="${role}"
    ${shows.length > 0 ? 'data-fails' : ''}
    tabindex="-1"
  >
    <div>
      <p class="who">${number} ${role}</p>
      ${words(pieces.map(renderPiece))}
      ${beside && html`<p class="beside" dir="auto">${beside}</p>`}
      ${shows.map(
        ({ mode, label }) =>
          html`<p class="shows">└ <a href="#${prefix}verdict-${mode}">${label}</a></p>`,
      )}
    </div>
    ${
      notes.length > 0
        ? html`<ul class="margin" aria-label="Behind turn ${number}">
            ${notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
        : ''
    }
  </li>`;
}

function renderPiece({ text, modes }: Piece): Markup {
  if (modes.length === 0) return html`${text}`;
  return html`<mark title="evidence of ${modes.join(', ')}">${text}</mark>`;
}
