import { html } from 'hono/html';
import type { RunRecord } from '../../../store/run-record.js';
import { address, runAddress } from '../addresses.js';
import type { RunState } from '../watch-run.js';
import { renderViewerPage } from './viewer-page.js';

/** A run in progress; what changes is filled in by events. */
export function renderLive(run: RunRecord, state: RunState, form: string): string {
  const stop = address(['runs', run.id, 'stop']);
  const main = html`<h1>Run ${run.id}, live</h1>
    <p id="state" role="status">${wordsOfState(state)}</p>
    <p>
      <progress
        id="progress"
        aria-label="Held"
        max="${state.planned}"
        value="${state.held}"
      ></progress>
    </p>
    <p id="counts">${wordsOfCounts(state)}</p>
    <p id="spent">${wordsOfSpent(state)}</p>
    ${
      state.isRunning
        ? html`<form method="post" action="${stop}" id="stop">
            <input type="hidden" name="form" value="${form}" />
            <button class="grave">Stop the run</button>
            <span class="quiet">What is in flight is finished and kept; run --resume goes on.</span>
          </form>`
        : ''
    }
    <h2>Failures as they come</h2>
    <ol id="failures" class="plain" data-events="${address(['runs', run.id, 'events'])}"></ol>
    <noscript><p>Load the page again to see how far it is.</p></noscript>`;
  const path = [{ name: run.id, href: runAddress(run.id) }, { name: 'Live' }];
  return renderViewerPage({ title: `Run ${run.id}, live`, path, main });
}

export function wordsOfState({ held, planned, rate, isRunning, isStopping }: RunState): string {
  const speed = rate === null || !isRunning ? '' : `, ${rate.toFixed(1)} a second`;
  const doing = !isRunning ? 'Nobody works on it' : isStopping ? 'Stopping' : 'In progress';
  return `${doing}: ${held} of ${planned} dialogues held${speed}.`;
}

export function wordsOfCounts({ agents }: RunState): string {
  return agents
    .map(
      ({ agent, outcomes }) =>
        `${agent}: ${outcomes.fail} failed, ${outcomes['needs-review']} for review, ${outcomes.undetermined} undetermined, ${outcomes.pass} passed`,
    )
    .join('. ');
}

export function wordsOfSpent({ calls, tokens, cost }: RunState): string {
  if (calls === 0) return 'No call left the process.';
  return `${calls} calls, ${tokens} tokens${cost === null ? '' : `, ${cost}`}.`;
}
