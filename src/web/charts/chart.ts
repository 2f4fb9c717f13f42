import { html } from 'hono/html';
import type { Markup } from '../components/page-shell.js';

/** Units of every chart's own space, across; the page scales it. */
export const WIDTH = 720;

export interface Chart {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, for whoever does not see it. */
  readonly description: string;
  readonly height: number;
  readonly body: readonly Markup[];
}

/** A picture with its name and description; all its figures stand in a table beside it. */
export function renderChart({ id, title, description, height, body }: Chart): Markup {
  return html`<svg
    class="chart"
    role="img"
    viewBox="0 0 ${WIDTH} ${height}"
    aria-labelledby="${id}-title ${id}-description"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-description">${description}</desc>
    ${body}
  </svg>`;
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

export function renderLabel({ x, y, text, anchor = 'start' }: Label): Markup {
  return html`<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}">${text}</text>`;
}

/** A straight line of one of the kinds that the page's style knows. */
export function renderLine(
  kind: 'axis' | 'grid' | 'interval',
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
): Markup {
  return html`<line
    class="${kind}"
    x1="${fixed(x1)}"
    y1="${fixed(y1)}"
    x2="${fixed(x2)}"
    y2="${fixed(y2)}"
  />`;
}

/** To a tenth of a unit: finer nobody sees. */
export function fixed(value: number): number {
  return Number(value.toFixed(1));
}

/** A name that fits beside a chart. */
export function shortened(text: string, most = 30): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
