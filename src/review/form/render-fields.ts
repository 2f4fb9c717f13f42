import { html } from 'hono/html';
import { SEVERITIES } from '../../taxonomy/severity.js';
import type { SheetMode } from '../sheet.js';

/** A part of a page, in which every text from outside is escaped. */
export type Markup = ReturnType<typeof html>;

/** Radio buttons under a question. */
export function renderChoices(
  question: string,
  name: string,
  values: readonly string[],
  required: 'required' | '' = '',
): Markup {
  return html`<fieldset>
    <legend>${question}</legend>
    ${values.map(
      (value) =>
        html`<label class="choice"
          ><input type="radio" name="${name}" value="${value}" ${required} /> ${value}</label
        >`,
    )}
  </fieldset>`;
}

export function renderComment(label: string): Markup {
  return html`<label>${label} <textarea name="comment" rows="3"></textarea></label>`;
}

/** What a row of findings is made from, once for the page: every dialogue has the same choices. */
export function renderFinding(modes: readonly SheetMode[]): Markup {
  return html`<template id="finding"
    ><fieldset class="finding">
      <legend>Finding</legend>
      <label
        >Failure mode
        <select name="mode" required>
          <option value="">Choose…</option>
          ${[...groupsOf(modes)].map(renderGroup)}
        </select></label
      >
      <p class="criterion" aria-live="polite"></p>
      <label
        >Turn of the agent
        <select name="turn" required>
          <option value="">Choose…</option>
        </select></label
      >
      <label
        >Severity
        <select name="severity">
          <option value="">As in the list</option>
          ${SEVERITIES.map((severity) => html`<option>${severity}</option>`)}
        </select></label
      >
      ${renderComment('Comment on this finding')}
      <button type="button" class="remove">Remove finding</button>
    </fieldset></template
  >`;
}

/** Modes by their hazard, which stands before the dash of their ids. */
function groupsOf(modes: readonly SheetMode[]): Map<string, SheetMode[]> {
  const groups = new Map<string, SheetMode[]>();
  for (const mode of modes) {
    const [hazard = mode.id] = mode.id.split('-');
    groups.set(hazard, [...(groups.get(hazard) ?? []), mode]);
  }
  return groups;
}

function renderGroup([hazard, modes]: [string, SheetMode[]]): Markup {
  return html`<optgroup label="${hazard}">
    ${modes.map(({ id, name }) => html`<option value="${id}">${id} ${name}</option>`)}
  </optgroup>`;
}

/** Every mode with its criterion, to read and to search; a finding shows its criterion from here. */
export function renderModes(modes: readonly SheetMode[]): Markup {
  return html`<details>
    <summary>The whole list of failure modes, with their criteria</summary>
    <dl>
      ${modes.map(
        ({ id, name, criterion }) =>
          html`<dt>${id} ${name}</dt>
            <dd id="mode-${id}">${criterion}</dd>`,
      )}
    </dl>
  </details>`;
}
