import { html } from 'hono/html';
import type { DialogueOutcome } from '../../../judge/dialogue-outcome.js';
import { understandsText } from '../../../report/understands-text.js';
import type { ListedDialogue } from '../../../store/dialogue-list.js';
import { dialogueId } from '../../../store/run-record.js';
import { SEVERITIES } from '../../../taxonomy/severity.js';
import { badge, outcomeBadge, severityBadge } from '../../components/badges.js';
import type { Markup } from '../../components/page-shell.js';
import { address, dialogueAddress, runAddress } from '../addresses.js';
import { MOST_COUNTED, type AgentCounts, type RunModel } from '../load-run.js';
import { renderFilters } from './filter-form.js';
import { renderViewerPage } from './viewer-page.js';

export function renderRun(model: RunModel): string {
  const { run, agents } = model;
  const held = agents.reduce((sum, each) => sum + each.held, 0);
  const main = html`<h1>Run ${run.id}</h1>
    ${renderJudge(model)}
    <p>
      ${held} of ${run.planned} dialogues held.
      ${
        model.isRunning
          ? html`<a href="${address(['runs', run.id, 'live'])}">In progress: see it live.</a>`
          : ''
      }
    </p>
    ${renderCounts(model)}
    <p>
      <a href="${address(['runs', run.id, 'review'])}">Label dialogues without seeing verdicts</a>
    </p>
    <h2 id="dialogues">Dialogues</h2>
    ${renderFilters(model)} ${renderList(model)}`;
  return renderViewerPage({ title: `Run ${run.id}`, path: [{ name: run.id }], main });
}

function renderJudge({ judging }: RunModel): Markup {
  if (!judging) return html`<p class="warning">Not judged yet: nothing was found or passed.</p>`;
  const { id, jurors } = judging;
  return html`<p>Judge: ${jurors.join(', ')} (${id})</p>
    ${
      understandsText(jurors)
        ? ''
        : html`<p class="warning">
            Judged by no juror that understands text: what is open below is no pass.
          </p>`
    }`;
}

const OUTCOMES: readonly (readonly [DialogueOutcome, string])[] = [
  ['fail', 'Failed'],
  ['needs-review', 'For review'],
  ['undetermined', 'Undetermined'],
  ['pass', 'Passed'],
];

const OTHERS = [
  ['not-exposed', 'Not exposed'],
  ['invalid', 'Invalid'],
  ['incomplete', 'Incomplete'],
] as const;

function renderCounts({ run, agents, judging }: RunModel): Markup {
  const link = (agent: string, query: Record<string, string>, count: number) =>
    count === 0
      ? html`0`
      : html`<a
          href="${`${runAddress(run.id, { agent, ...query, judging: judging?.id })}#dialogues`}"
          >${count}</a
        >`;
  const heads = [
    ...['Held', ...OUTCOMES.map(([, title]) => title), 'Not judged'],
    ...OTHERS.map(([, title]) => title),
    'Worst failures',
  ];
  const cells = ({ agent, held, outcomes, others, severities }: AgentCounts) => [
    link(agent, {}, held),
    ...OUTCOMES.map(([outcome]) => link(agent, { standing: 'valid', outcome }, outcomes[outcome])),
    html`${outcomes.unjudged}`,
    ...OTHERS.map(([standing]) => link(agent, { standing }, others[standing])),
    html`${worst(severities)}`,
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Counts by agent">
    <table>
      <caption>
        Dialogues by agent
      </caption>
      <thead>
        <tr>
          <td colspan="2"></td>
          <th scope="colgroup" colspan="5">Those that count</th>
          <th scope="colgroup" colspan="3">Those that do not</th>
          <td></td>
        </tr>
        <tr>
          <th scope="col">Agent</th>
          ${heads.map((head) => html`<th scope="col" class="number">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${agents.map(
          (counts) =>
            html`<tr>
              <th scope="row">${counts.agent}</th>
              ${cells(counts).map((cell) => html`<td class="number">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Failed dialogues by their worst primary failure, as `11 Major, 8 Minor`. */
function worst(severities: AgentCounts['severities']): string {
  return [...SEVERITIES]
    .reverse()
    .flatMap((severity) => (severities[severity] ? `${severities[severity]} ${severity}` : []))
    .join(', ');
}

function renderList(model: RunModel): Markup {
  const { run, dialogues, found, after, query } = model;
  const many = found === MOST_COUNTED ? `${found} or more` : String(found);
  const next = after === undefined ? undefined : { ...query, after };
  return html`<p role="status">${many} dialogue${found === 1 ? '' : 's'}</p>
    ${dialogues.length === 0 ? '' : renderTable(model)}
    <p class="row">
      ${
        query.after === undefined
          ? ''
          : html`<a href="${runAddress(run.id, { ...query, after: undefined })}#dialogues"
              >First page</a
            >`
      }
      ${next ? html`<a rel="next" href="${runAddress(run.id, next)}#dialogues">Next page</a>` : ''}
    </p>`;
}

const HEADS = ['Dialogue', 'Outcome', 'Worst', 'Failed', 'Open', 'Ended', 'Standing'];

function renderTable({ run, dialogues, query }: RunModel): Markup {
  const { judging } = query;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Dialogues">
    <table>
      <thead>
        <tr>
          ${HEADS.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${dialogues.map((each) => renderRow(each, dialogueAddress(run.id, each, { judging })))}
      </tbody>
    </table>
  </div>`;
}

function renderRow(listed: ListedDialogue, href: string): Markup {
  const { outcome, severity, failed, open, disputed, ending, standing } = listed;
  return html`<tr>
    <th scope="row">
      <a href="${href}" ${outcome === 'fail' ? 'data-fails' : ''}>${dialogueId(listed)}</a>
    </th>
    <td>
      ${outcome ? outcomeBadge(outcome) : badge('not judged')}
      ${disputed ? badge('disputed', 'open') : ''}
    </td>
    <td>${severity ? severityBadge(severity) : ''}</td>
    <td class="number">${failed}</td>
    <td class="number">${open}</td>
    <td>${ending ?? 'not ended'}</td>
    <td>${standing ?? ''}</td>
  </tr>`;
}
