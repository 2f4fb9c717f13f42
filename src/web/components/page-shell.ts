import { html } from 'hono/html';
import { printable } from '../../printable.js';

/** A part of a page, in which every text from outside is escaped. */
export type Markup = ReturnType<typeof html>;

/** A step of the way from the first page to this one; the last has no address. */
export interface Step {
  readonly name: string;
  readonly href?: string;
}

export interface Page {
  readonly title: string;
  /** What stands in the head beside charset, title and viewport: style and script. */
  readonly head: Markup;
  readonly path?: readonly Step[];
  readonly main: Markup;
  /** After the rest of the body. */
  readonly end?: Markup;
}

/** A whole page. What could turn or hide words is spelled out over all of it, so no place is forgotten. */
export function renderPage({ title, head, path = [], main, end }: Page): string {
  return `${printable(
    settled(
      html`<!doctype html>
        <html lang="en-GB">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>${title}</title>
            ${head}
          </head>
          <body>
            <div class="page">
              <a class="skip" href="#main">Skip to the content</a>
              <header>${path.length > 0 ? renderPath(path) : ''}</header>
              <main id="main" tabindex="-1">${main}</main>
            </div>
            ${end ?? ''}
          </body>
        </html>`,
    ),
  )}\n`;
}

/** Markup as text. @throws TypeError where a part of it is a promise: pages wait for nothing */
export function settled(markup: Markup): string {
  if (markup instanceof Promise) throw new TypeError('a part of the page is not there yet');
  return markup.toString();
}

function renderPath(path: readonly Step[]): Markup {
  return html`<nav class="path" aria-label="Where you are">
    <ol>
      ${path.map(({ name, href }) =>
        href === undefined
          ? html`<li aria-current="page">${name}</li>`
          : html`<li><a href="${href}">${name}</a></li>`,
      )}
    </ol>
  </nav>`;
}

/** Words of somebody, in the direction of their own script. */
export function words(content: string | Markup | readonly Markup[]): Markup {
  return html`<p class="words" dir="auto">${content}</p>`;
}
