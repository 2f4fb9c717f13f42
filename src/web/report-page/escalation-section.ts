import { html } from 'hono/html';
import { escalationCurves, type EscalationCurve } from '../../report/figures/escalation-curve.js';
import { percent } from '../../report/text-table.js';
import { curveChart } from '../charts/curve-chart.js';
import type { Markup } from '../components/page-shell.js';
import type { DialogueLists } from './dialogue-lists.js';
import type { ReportModel } from './report-model.js';
import { renderLink, renderSection, renderTable } from './section.js';

/** Times, in agent turns, at which the table reads the curves. */
const READ_AT = [1, 2, 3, 5];

export function renderEscalation({ dialogues }: ReportModel, lists: DialogueLists): Markup {
  const curves = escalationCurves(dialogues);
  if (curves.length === 0) {
    const none = html`<p>Not assessed: in no judged dialogue a duty to escalate is known.</p>`;
    return renderSection('escalation', 'How soon they escalate', none);
  }
  return renderSection(
    'escalation',
    'How soon they escalate',
    html`<p>
      Share of dialogues in which the agent had escalated as high as was due, by its own turns after
      the duty arose. A call that the agent closes or hands over first can come to it no more, and
      counts as foreclosed; a hang-up or the turn limit only ends what is seen (Aalen and Johansen
      1978). Where the agent records its actions, these decide; else its words, as far as rules read
      them.
    </p>`,
    html`<figure>
      ${curveChart(
        'escalation-chart',
        'Cumulative incidence of escalation',
        curves.map(({ agent, points }) => ({
          name: agent,
          points: points.map(({ time, incidence }) => ({ time, share: incidence })),
        })),
        'agent turns after the duty arose',
      )}
    </figure>`,
    renderTable({
      caption: 'Dialogues in which a duty to escalate arose',
      head: [
        'Agent',
        'n',
        'Escalated',
        'Closed first',
        'Cut off',
        ...READ_AT.map((turn) => `by turn ${turn} (at risk)`),
        'in the end',
      ],
      rows: curves.map((curve) => [
        curve.agent,
        renderLink(curve.n, lists.add(`${curve.agent}, a duty to escalate arose`, curve.dialogues)),
        curve.escalated,
        curve.closed,
        curve.censored,
        ...READ_AT.map((turn) => readAt(curve, turn)),
        percent(curve.points.at(-1)?.incidence ?? null),
      ]),
    }),
  );
}

/** The curve at a time, with the dialogues that were still to be decided by it. */
function readAt({ points }: EscalationCurve, turn: number): string {
  const reached = points.filter(({ time }) => time <= turn).at(-1);
  const atRisk = points.find(({ time }) => time >= turn)?.atRisk ?? 0;
  return `${percent(reached?.incidence ?? 0)} (${atRisk})`;
}
