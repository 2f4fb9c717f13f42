import { html } from 'hono/html';
import { severityBars } from '../../report/figures/severity-bars.js';
import { SEVERITIES } from '../../taxonomy/severity.js';
import { barChart } from '../charts/bar-chart.js';
import type { Markup } from '../components/page-shell.js';
import type { DialogueLists } from './dialogue-lists.js';
import type { ReportModel } from './report-model.js';
import { renderLink, renderSection, renderTable } from './section.js';

export function renderSeverities(
  { summary, dialogues }: ReportModel,
  lists: DialogueLists,
): Markup {
  const agents = summary.run.agents.map(({ name }) => name);
  const bars = severityBars(dialogues, agents);
  const severities = SEVERITIES.toReversed().filter((severity) =>
    bars.some((bar) => bar.severity === severity),
  );
  const ordered = severities.flatMap((severity) => bars.filter((bar) => bar.severity === severity));
  if (ordered.length === 0) {
    return renderSection(
      'severity',
      'How grave',
      html`<p>Nothing failed, and nothing is open.</p>`,
    );
  }
  return renderSection(
    'severity',
    'How grave',
    html`<figure>
      ${barChart(
        'severity-chart',
        'Primary failures by severity and agent',
        ordered.map(({ severity, agent, failures }) => ({
          name: `${severity}, ${agent}`,
          count: failures,
        })),
      )}
    </figure>`,
    renderTable({
      caption: 'Primary failures by severity (DCB0129); open: labels that nobody has decided',
      head: ['Severity', ...agents.flatMap((agent) => [agent, `${agent}, open`])],
      rows: severities.map((severity) => [
        severity,
        ...agents.flatMap((agent) => {
          const bar = bars.find((each) => each.agent === agent && each.severity === severity);
          const href = lists.add(`${agent}, ${severity} failures`, bar?.dialogues ?? []);
          return [renderLink(bar?.failures ?? 0, href), bar?.open ?? 0];
        }),
      ]),
    }),
  );
}
