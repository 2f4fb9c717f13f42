import { html } from 'hono/html';
import { OUTCOMES } from '../../../judge/verdict.js';
import { SEVERITIES } from '../../../taxonomy/severity.js';
import { ENDINGS, STANDINGS } from '../../../transcript/transcript.js';
import type { Markup } from '../../components/page-shell.js';
import { runAddress } from '../addresses.js';
import type { RunModel } from '../load-run.js';

type Option = string | readonly [value: string, label: string];

/** What narrows the list, as a form without a script. */
export function renderFilters({ run, judgings, judging, content, query }: RunModel): Markup {
  const { taxonomy } = content;
  const { hazards, domains, modes } = taxonomy;
  const own = hazards.filter(({ crossCutting }) => !crossCutting);
  const named = (all: Iterable<{ readonly id: string; readonly name: string }>): Option[] =>
    [...all].map(({ id, name }) => [id, `${id} ${name}`] as const);
  return html`<form action="${runAddress(run.id)}#dialogues" class="row">
    ${choice('Agent', 'agent', agentsOf(run.agents), query.agent)}
    ${choice('Hazard', 'hazard', named(own), query.hazard)}
    ${choice(
      'Domain',
      'domain',
      Object.entries(domains).map(([id, name]) => [id, `${id} ${name}`] as const),
      query.domain,
    )}
    ${choice('Failure mode', 'mode', named(modes.values()), query.mode)}
    ${choice('Outcome', 'outcome', OUTCOMES, query.outcome)}
    ${choice('Severity, or graver', 'severity', SEVERITIES, query.severity)}
    ${choice('Ended', 'ending', ENDINGS, query.ending)}
    ${choice('Standing', 'standing', STANDINGS, query.standing)}
    ${
      judgings.length > 1
        ? choice(
            'Judging',
            'judging',
            judgings.map(({ id, jurors }) => [id, `${id} ${jurors.join(', ')}`] as const),
            judging?.id,
          )
        : ''
    }
    ${tick('Disputed by jurors', 'disputed', query.disputed)}
    ${tick('Something undecided', 'undecided', query.undecided)}
    <button class="main">Filter</button>
    <a href="${runAddress(run.id)}#dialogues">All</a>
  </form>`;
}

function agentsOf(agents: readonly { readonly name: string }[]): string[] {
  return agents.map(({ name }) => name);
}

function choice(
  label: string,
  name: string,
  options: readonly Option[],
  chosen: string | undefined,
): Markup {
  return html`<label
    >${label}
    <select name="${name}">
      <option value="">any</option>
      ${options.map((option) => {
        const [value, text] = typeof option === 'string' ? [option, option] : option;
        return html`<option value="${value}" ${value === chosen ? 'selected' : ''}>
          ${text}
        </option>`;
      })}
    </select></label
  >`;
}

function tick(label: string, name: string, value: string | undefined): Markup {
  return html`<label
    ><input type="checkbox" name="${name}" value="yes" ${value ? 'checked' : ''} /> ${label}</label
  >`;
}
