import { html } from 'hono/html';
import type { Call } from '../../../calls/call.js';
import { renderCallBody, renderCallHead } from '../../../report/render-calls.js';
import type { Markup } from '../../components/page-shell.js';
import type { SittingCalls } from '../load-dialogue.js';

/** Every call about a dialogue, folded, in the order of the turns. */
export function renderCallsOf(sittings: readonly SittingCalls[]): Markup {
  if (sittings.length === 0) return html`<p>No call of this dialogue left the process.</p>`;
  return html`${sittings.map(
    ({ sitting, calls }) =>
      html`<h3>${'take' in sitting ? `Take ${sitting.take}` : `Judging ${sitting.judging}`}</h3>
        ${calls.map((call) => renderCall(call, callBefore(calls, call)))}`,
  )}`;
}

/** The call of the same role before it, which holds most of what it asks. */
function callBefore(calls: readonly Call[], { role, part, ordinal }: Call): Call | undefined {
  return calls.find(
    (each) => each.role === role && each.part === part && each.ordinal === ordinal - 1,
  );
}

function renderCall(call: Call, before: Call | undefined): Markup {
  return html`<details>
    <summary>${renderCallHead(call)}</summary>
    <pre dir="auto">${renderCallBody(call, before).join('\n')}</pre>
  </details>`;
}
