import { html } from 'hono/html';
import { renderPage, type Markup, type Step } from '../../components/page-shell.js';

export interface ViewerPage {
  readonly title: string;
  readonly path?: readonly Step[];
  readonly main: Markup;
}

const HEAD = html`<link rel="stylesheet" href="/style.css" />
  <script src="/viewer.js" defer></script>`;

const END = html`<footer class="page quiet">
  <p>Research draft: clinical content checked by no clinician.</p>
  <label
    ><input type="checkbox" id="one-key" /> One key steps: n to the next failure, p to the one
    before</label
  >
</footer>`;

/** A page of the viewer, below the list of runs. */
export function renderViewerPage({ title, path, main }: ViewerPage): string {
  const whole = path && [{ name: 'Runs', href: '/' }, ...path];
  return renderPage({ title, head: HEAD, ...(whole && { path: whole }), main, end: END });
}
