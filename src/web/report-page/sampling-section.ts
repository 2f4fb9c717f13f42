import { html } from 'hono/html';
import { perCent } from '../../report/hazard-log/words.js';
import { nameOf } from '../../report/sampling/render-sampling.js';
import { SAMPLING_NOTE, samplingSentence, whyStopped } from '../../report/sampling/words.js';
import type { Markup } from '../components/page-shell.js';
import type { ReportModel } from './report-model.js';
import { renderSection, renderTable } from './section.js';

/** How far each hazard and agent was sampled; nothing for a run that held its whole plan. */
export function renderSampling({ summary: { sampling, run } }: ReportModel): Markup {
  if (!sampling) return html``;
  return renderSection(
    'sampling',
    'How far it was sampled',
    html`<p>${samplingSentence(sampling, run.plan)}</p>
      <p>${SAMPLING_NOTE}</p>`,
    renderTable({
      caption: 'Dialogues sampled of those planned, with sequential bounds of the failure rate',
      head: ['Hazard', 'Agent', 'Sampled', 'Planned', 'From', 'To', 'Stopped'],
      wordy: [1, 6],
      rows: sampling.strata.map((stratum) => [
        ...[nameOf(stratum), stratum.agent, stratum.drawn, stratum.planned],
        ...[perCent(stratum.interval.low), perCent(stratum.interval.high), whyStopped(stratum)],
      ]),
    }),
  );
}
