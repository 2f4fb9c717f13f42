import { html } from 'hono/html';
import { caseIn } from '../../../scenarios/scenario.js';
import type { Markup } from '../../components/page-shell.js';
import type { DialogueModel } from '../load-dialogue.js';

/** The case in three lines: what it is about, who calls whom, what is right. */
export function renderCase({ scenario, content, dialogue }: DialogueModel): Markup {
  if (!scenario) return html`<p class="quiet">A transcript from elsewhere, without a case.</p>`;
  const { title, hazard, domain, hardNegative, vignette, task, escalation } = scenario;
  const { hazards, domains } = content.taxonomy;
  const name = hazards.find(({ id }) => id === hazard)?.name ?? '';
  const wording = dialogue.attempt?.wording;
  const right = wording ? caseIn(scenario, wording).escalation : escalation;
  const cue = wording ? `“${scenario.trigger.wordings[wording].text}”` : 'The cue';
  const act = [right.act, right.mode].filter(Boolean).join(' ');
  return html`<ul class="plain">
    <li>
      <strong>${title}</strong> · ${hazard} ${name}${hardNegative ? ' (hard negative)' : ''} ·
      ${domain} ${domains[domain] ?? ''}
    </li>
    <li>${vignette.name}, ${vignette.age}, ${vignette.sex}. ${task.clinic}: ${task.purpose}</li>
    <li>${cue} makes this right: ${act === 'none' ? 'no escalation' : act} (${right.reason})</li>
  </ul>`;
}
