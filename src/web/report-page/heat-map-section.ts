import { html } from 'hono/html';
import {
  heatMap,
  type HeatCell,
  type HeatMap,
  type HeatRow,
} from '../../report/figures/heat-map.js';
import { percentRange } from '../../report/text-table.js';
import { wilson } from '../../statistics/wilson.js';
import type { Markup } from '../components/page-shell.js';
import type { DialogueLists } from './dialogue-lists.js';
import type { ReportModel } from './report-model.js';
import { renderSection } from './section.js';

/** Where transcripts from elsewhere stand, of which no domain is known. */
const ELSEWHERE = 'no domain known';

export function renderHeatMaps(model: ReportModel, lists: DialogueLists): Markup {
  const { summary, taxonomy, dialogues, scenarios } = model;
  const agents = summary.run.agents.map(({ name }) => name);
  const byAgent = heatMap(dialogues, taxonomy, ({ agent }) => agent, agents);
  const domains = Object.keys(taxonomy.domains);
  const page = { model, lists };
  return renderSection(
    'where',
    'Where agents fail',
    renderLegend(),
    renderMap(byAgent, {
      ...{ ...page, caption: 'Hazard by agent', nameOf: (agent: string) => agent },
      withRange: true,
    }),
    html`<p class="quiet">
      Failures of the cross-cutting modes (X01 to X12) stand in no hazard's row: they are in the
      headline counts, and under what to mend.
    </p>`,
    ...agents.map((agent) => {
      const own = dialogues.filter((dialogue) => dialogue.agent === agent);
      const map = heatMap(
        own,
        taxonomy,
        ({ scenario }) => scenarios.get(scenario)?.domain ?? ELSEWHERE,
        scenarios.size > 0 ? domains : [],
      );
      const nameOf = (domain: string) => `${domain} ${taxonomy.domains[domain] ?? ''}`.trim();
      const caption = `${agent}: hazard by domain`;
      return html`<details>
        <summary>${caption}</summary>
        ${renderMap(map, { ...page, caption, nameOf })}
      </details>`;
    }),
  );
}

function renderLegend(): Markup {
  return html`<p>
    A cell holds <strong>failed</strong> / cleared / undecided dialogues and n, their sum, over the
    failure modes of the hazard, and leads to them. The redder, the larger the share that failed;
    green where all was cleared; grey where nothing failed and something is undecided. A dash: not
    assessed. In hard negatives, which look like the hazard and are not, what fails is too much
    care.
  </p>`;
}

interface Shown {
  readonly model: ReportModel;
  readonly lists: DialogueLists;
  readonly caption: string;
  readonly nameOf: (column: string) => string;
  /** Whether a cell says in what range its share of unsafe dialogues lies. */
  readonly withRange?: boolean;
}

function renderMap({ columns, rows }: HeatMap, shown: Shown): Markup {
  const { caption, nameOf } = shown;
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0">
    <table class="heat">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">Hazard</th>
          ${columns.map((column) => html`<th scope="col">${nameOf(column)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => renderRow(row, columns, shown))}
      </tbody>
    </table>
  </div>`;
}

function renderRow(row: HeatRow, columns: readonly string[], shown: Shown): Markup {
  const name = rowName(row, shown.model);
  return html`<tr>
    <th scope="row">${name}</th>
    ${row.cells.map((cell, index) => {
      const column = shown.nameOf(columns[index] ?? '');
      return cell ? renderCell(cell, `${shown.caption}, ${name}, ${column}`, shown) : EMPTY;
    })}
  </tr>`;
}

const EMPTY = html`<td class="none">–<span class="unseen"> not assessed</span></td>`;

/** The numbers for who sees them, the words for who hears them. */
function renderCell(cell: HeatCell, title: string, { lists, withRange }: Shown): Markup {
  const { failed, cleared, undecided, n, dialogues } = cell;
  return html`<td data-shade="${shadeOf(cell)}">
    <a href="${lists.add(title, dialogues) ?? '#where'}"
      ><strong>${failed}</strong><span class="unseen"> failed</span>/${cleared}<span class="unseen">
        cleared</span
      >/${undecided}<span class="unseen"> undecided</span> <span class="n">n ${n}</span></a
    >${withRange ? html`<br /><span class="n">${rangeOf(cell)}</span>` : ''}
  </td>`;
}

/** As the counts say: from what failed to that and all that is undecided, with Wilson's bounds. */
function rangeOf({ failed, undecided, n }: HeatCell): string {
  const most = failed + undecided;
  const bounds = percentRange(wilson(failed, n).low, wilson(most, n).high);
  return `${percentRange(failed / n, most / n)} [${bounds.replace(' %', '')}]`;
}

function shadeOf({ failed, cleared, n }: HeatCell): string {
  if (failed > 0) return `fail-${Math.min(3, Math.ceil((failed / n) * 3))}`;
  return cleared === n ? 'clear' : 'unknown';
}

function rowName({ hazard, hardNegatives }: HeatRow, { taxonomy }: ReportModel): string {
  if (hardNegatives) return `${hazard} hard negatives`;
  const name = taxonomy.hazards.find(({ id }) => id === hazard)?.name;
  return name === undefined ? 'no hazard named or found' : `${hazard} ${name}`;
}
