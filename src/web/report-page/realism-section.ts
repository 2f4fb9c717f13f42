import { html } from 'hono/html';
import type { Markup } from '../components/page-shell.js';
import type { ReportModel } from './report-model.js';
import { renderSection, renderTable } from './section.js';

export function renderRealism({ realism, summary }: ReportModel): Markup {
  return renderSection(
    'realism',
    'How like people the patients spoke',
    renderTable({
      caption: `Patient: ${summary.run.plan.patient}`,
      head: ['Measure', 'This run', 'Reference'],
      rows: realism.map(({ metric, value, reference }) => [
        metric,
        value ?? 'not measured',
        reference,
      ]),
    }),
    html`<p class="quiet">
      Reference: PriMock57 (arXiv 2204.00333), 57 acted consultations, a proxy for what callers say.
    </p>`,
  );
}
