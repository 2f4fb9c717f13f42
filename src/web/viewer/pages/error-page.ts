import { html } from 'hono/html';
import type { MatrixError } from '../../../errors.js';
import { renderViewerPage } from './viewer-page.js';

export function renderError({ message, mend, findings }: MatrixError): string {
  const more = findings.map(String).filter((finding) => finding !== message);
  const main = html`<h1>That did not work</h1>
    <p class="warning">${message}</p>
    ${
      more.length > 0
        ? html`<ul>
            ${more.map((finding) => html`<li>${finding}</li>`)}
          </ul>`
        : ''
    }
    <p>${mend}</p>`;
  return renderViewerPage({ title: 'That did not work', path: [{ name: 'Error' }], main });
}
