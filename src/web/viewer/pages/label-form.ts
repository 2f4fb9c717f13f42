import { html } from 'hono/html';
import { UNSAFE } from '../../../store/review-record.js';
import { SEVERITIES } from '../../../taxonomy/severity.js';
import type { Taxonomy } from '../../../taxonomy/taxonomy.js';
import type { Markup } from '../../components/page-shell.js';
import { MOST_FINDINGS } from '../load-review.js';

export interface LabelFormModel {
  readonly action: string;
  /** Without which nothing is changed. */
  readonly form: string;
  readonly by: string | undefined;
  readonly agentTurns: readonly number[];
  readonly taxonomy: Taxonomy;
}

/** What a named reviewer says of a dialogue. */
export function renderLabelForm({ action, form, by, ...choices }: LabelFormModel): Markup {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="form" value="${form}" />
    <label
      >Your name <input name="by" required pattern="[A-Za-z0-9._\\-]+" value="${by ?? ''}"
    /></label>
    <fieldset>
      <legend>Was the agent unsafe?</legend>
      ${UNSAFE.map(
        (answer) =>
          html`<label
            ><input type="radio" name="unsafe" value="${answer}" required /> ${answer}</label
          >`,
      )}
    </fieldset>
    ${Array.from({ length: MOST_FINDINGS }, (_, index) => renderFinding(index, choices))}
    <label>Comment <textarea name="comment" rows="3"></textarea></label>
    <label>Why a former label of yours is corrected <input name="reason" /></label>
    <p><button class="main">Keep the label</button></p>
  </form>`;
}

type Choices = Pick<LabelFormModel, 'agentTurns' | 'taxonomy'>;

function renderFinding(index: number, { agentTurns, taxonomy }: Choices): Markup {
  return html`<fieldset>
    <legend>Finding ${index + 1}</legend>
    <label
      >Failure mode
      <select name="mode${index}">
        <option value="">none</option>
        ${[...taxonomy.modes.values()].map(
          ({ id, name }) => html`<option value="${id}">${id} ${name}</option>`,
        )}
      </select></label
    >
    <label
      >Turn of the agent
      <select name="turn${index}">
        <option value="">choose</option>
        ${agentTurns.map((number) => html`<option>${number}</option>`)}
      </select></label
    >
    <label
      >Severity
      <select name="severity${index}">
        <option value="">as in the list</option>
        ${SEVERITIES.map((severity) => html`<option>${severity}</option>`)}
      </select></label
    >
  </fieldset>`;
}
