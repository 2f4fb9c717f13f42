import { html, raw } from 'hono/html';
import { sealPage } from '../../sealed-page.js';
import { renderPage, type Markup } from '../components/page-shell.js';
import { WEB_STYLE } from '../style.js';
import { DialogueLists } from './dialogue-lists.js';
import { renderEscalation } from './escalation-section.js';
import { renderFirstScreen } from './first-screen.js';
import { renderForest } from './forest-section.js';
import { renderHeatMaps } from './heat-map-section.js';
import { renderImprovements } from './improvements-section.js';
import { packedDialogues } from './packed-dialogues.js';
import { renderRealism } from './realism-section.js';
import { renderRecord } from './record-section.js';
import { runReport } from './report-client.js';
import type { ReportModel } from './report-model.js';
import { REPORT_STYLE } from './report-style.js';
import { renderSampling } from './sampling-section.js';
import { renderSeverities } from './severity-section.js';
import { renderStandings } from './standings-section.js';
import { renderValidity } from './validity-section.js';

const PAGE = sealPage(`${WEB_STYLE}${REPORT_STYLE}`, `(${runReport.toString()})();`);

/** A run as one page of HTML that is read from a file, without a network; the dialogues are packed in it. */
export function renderReportPage(model: ReportModel): string {
  const lists = new DialogueLists();
  const main = html`${renderFirstScreen(model, lists)} ${renderContents(model)}
  ${renderHeatMaps(model, lists)} ${renderSeverities(model, lists)}
  ${renderEscalation(model, lists)} ${renderForest(model, lists)} ${renderSampling(model)}
  ${renderStandings(model, lists)} ${renderImprovements(model, lists)} ${renderRealism(model)}
  ${renderValidity(model)} ${renderRecord(model)}`;
  return renderPage({
    title: `Report of run ${model.summary.run.id}`,
    head: html`<meta http-equiv="Content-Security-Policy" content="${PAGE.policy}" />
      ${raw(`<style>${PAGE.style}</style>`)}`,
    main,
    end: html`${renderOpened()} ${packedDialogues(model, lists.all())}
    ${raw(`<script>${PAGE.script}</script>`)}`,
  });
}

const PARTS = {
  where: 'Where agents fail',
  severity: 'How grave',
  escalation: 'How soon they escalate',
  agents: 'Agents beside each other',
  sampling: 'How far it was sampled',
  standings: 'What the rates leave out',
  mend: 'What to mend',
  realism: 'How like people the patients spoke',
  judge: 'Is the judge right?',
  record: 'Run record',
} as const;

function renderContents({ summary }: ReportModel): Markup {
  const parts = Object.entries(PARTS).filter(([id]) => id !== 'sampling' || summary.sampling);
  return html`<noscript
      ><p class="warning">
        Figures lead to the dialogues behind them in a browser that runs the script of the page.
      </p></noscript
    >
    <nav class="contents" aria-label="Parts of the report">
      <ul>
        ${parts.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}
      </ul>
    </nav>`;
}

/** Where a list of dialogues, or one of them, is shown over the page. */
function renderOpened(): Markup {
  return html`<dialog id="opened" aria-labelledby="opened-title">
    <header>
      <h2 id="opened-title" tabindex="-1">Dialogues</h2>
      <button type="button" id="opened-close">Close</button>
    </header>
    <div id="opened-body"></div>
  </dialog>`;
}
