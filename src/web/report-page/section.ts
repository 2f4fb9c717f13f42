import { html } from 'hono/html';
import type { Markup } from '../components/page-shell.js';

/** A part of the page under its heading. */
export function renderSection(
  id: string,
  heading: string,
  ...content: readonly (Markup | string)[]
): Markup {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}" tabindex="-1">${heading}</h2>
    ${content}
  </section>`;
}

type Cell = Markup | string | number;

export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of a row is its name. */
  readonly rows: readonly (readonly Cell[])[];
  /** Columns of words, beside the first; the others hold numbers. */
  readonly wordy?: readonly number[];
}

export function renderTable({ caption, head, rows, wordy = [] }: Table): Markup {
  const kind = (column: number) => (wordy.includes(column) ? '' : 'number');
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map(
            (text, column) =>
              html`<th scope="col" class="${column === 0 ? '' : kind(column)}">${text}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, ...cells]) =>
            html`<tr>
              <th scope="row" dir="auto">${name}</th>
              ${cells.map(
                (cell, index) => html`<td class="${kind(index + 1)}" dir="auto">${cell}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A text that leads somewhere; the text alone where there is nowhere to go. */
export function renderLink(text: string | number, href: string | undefined): Markup {
  return href === undefined ? html`${text}` : html`<a href="${href}">${text}</a>`;
}

export function renderLines(lines: readonly string[]): Markup {
  return html`<ul class="facts">
    ${lines.map((line) => html`<li dir="auto">${line}</li>`)}
  </ul>`;
}
