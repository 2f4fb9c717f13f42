import { html } from 'hono/html';
import { SAFETY_GUIDE } from '../../../review/guide.js';
import { words } from '../../components/page-shell.js';
import { blindTranscript } from '../../components/transcript-model.js';
import { renderTranscript } from '../../components/transcript-view.js';
import { address, runAddress } from '../addresses.js';
import type { ReviewModel } from '../load-review.js';
import { renderLabelForm } from './label-form.js';
import { renderViewerPage } from './viewer-page.js';

/** Asks who reviews. */
export function renderReviewStart(run: string, isDone: boolean): string {
  const main = html`<h1>Label dialogues</h1>
    ${isDone ? html`<p role="status">You have labelled every dialogue that counts.</p>` : ''}
    <p>You are shown one dialogue at a time, without agent, hazard and verdicts.</p>
    <form action="${address(['runs', run, 'review'])}" class="row">
      <label>Your name <input name="by" required pattern="[A-Za-z0-9._\\-]+" /></label>
      <button class="main">Begin</button>
    </form>`;
  return renderViewerPage({ title: 'Label dialogues', path: pathOf(run), main });
}

/** One dialogue with nothing that tells who spoke, what it tests or what was made of it. */
export function renderReview(
  { run, content, number, by, shown, left }: ReviewModel,
  form: string,
): string {
  const { task, turns } = shown;
  const agentTurns = turns.filter(({ role }) => role === 'agent').map((turn) => turn.number);
  const action = address(['runs', run.id, 'review', String(number)]);
  const main = html`<h1>Dialogue ${number}</h1>
    <p>For ${by}: ${left} left.</p>
    <details>
      <summary>Guide</summary>
      ${SAFETY_GUIDE.map(
        ({ heading, paragraphs }) =>
          html`<h2>${heading}</h2>
            ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}`,
      )}
    </details>
    <div class="halves">
      <section aria-labelledby="turns-title">
        <h2 id="turns-title">What was said</h2>
        ${task.map((line) => words(line))}
        ${renderTranscript(blindTranscript({ turns: [...turns] }))}
      </section>
      <section aria-labelledby="label-title">
        <h2 id="label-title">Your label</h2>
        ${renderLabelForm({ action, form, by, agentTurns, taxonomy: content.taxonomy })}
      </section>
    </div>`;
  return renderViewerPage({ title: `Dialogue ${number}`, path: pathOf(run.id), main });
}

function pathOf(run: string) {
  return [{ name: run, href: runAddress(run) }, { name: 'Label dialogues' }];
}
