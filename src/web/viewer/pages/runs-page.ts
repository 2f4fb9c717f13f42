import { html } from 'hono/html';
import type { RunRecord } from '../../../store/run-record.js';
import { badge } from '../../components/badges.js';
import type { Markup } from '../../components/page-shell.js';
import { address, runAddress } from '../addresses.js';
import { renderViewerPage } from './viewer-page.js';

export type ListedRun = RunRecord & { readonly held: number; readonly isRunning: boolean };

export function renderRuns(runs: readonly ListedRun[]): string {
  const table =
    runs.length === 0
      ? html`<p>The store holds no run yet.</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="Runs">
          <table>
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Begun (UTC)</th>
                <th scope="col" class="number">Held</th>
                <th scope="col">Agents</th>
                <th scope="col" class="number">Seed</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              ${runs.map(renderRow)}
            </tbody>
          </table>
        </div>`;
  const main = html`<h1>Runs</h1>
    ${table} ${runs.length > 0 ? renderCompare(runs) : ''}`;
  return renderViewerPage({ title: 'Runs', main });
}

function renderRow(run: ListedRun): Markup {
  const { id, createdAt, held, planned, agents, plan, isRunning } = run;
  return html`<tr>
    <th scope="row"><a href="${runAddress(id)}">${id}</a></th>
    <td>${createdAt.slice(0, 16).replace('T', ' ')}</td>
    <td class="number">${held} of ${planned}</td>
    <td>${agents.map(({ name }) => name).join(', ')}</td>
    <td class="number">${plan.seed}</td>
    <td>
      ${
        isRunning
          ? html`<a href="${address(['runs', id, 'live'])}">in progress</a>`
          : badge(stateOf(run))
      }
    </td>
  </tr>`;
}

/** Whether a plan that stops early is finished stands in its report: its verdicts say it. */
function stateOf({ held, planned, sampling }: ListedRun): string {
  if (held >= planned) return 'done';
  return sampling ? 'sampled' : 'not finished';
}

function renderCompare(runs: readonly ListedRun[]): Markup {
  const choose = (name: string, label: string) =>
    html`<label
      >${label}
      <select name="${name}">
        ${runs.map(({ id }) => html`<option>${id}</option>`)}
      </select></label
    >`;
  return html`<h2>Compare</h2>
    <form action="/compare" class="row">
      ${choose('a', 'Run A')} ${choose('b', 'Run B, which may be worse')}
      <button>Compare</button>
    </form>
    <p class="quiet">One run with itself compares its agents.</p>`;
}
