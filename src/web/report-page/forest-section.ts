import { html } from 'hono/html';
import { pOf, points, signed, wordsOf } from '../../report/comparison/words.js';
import { undecidedIn } from '../../report/figures/answer.js';
import { forest, type ForestRow } from '../../report/figures/forest.js';
import { forestChart } from '../charts/forest-chart.js';
import type { Markup } from '../components/page-shell.js';
import type { DialogueLists } from './dialogue-lists.js';
import type { ReportModel } from './report-model.js';
import { renderLines, renderLink, renderSection, renderTable } from './section.js';

export function renderForest(model: ReportModel, lists: DialogueLists): Markup {
  const { summary, comparison } = model;
  const rows = comparison ? forest(comparison.comparisons, summary.run.id) : [];
  return renderSection(
    'agents',
    'Agents beside each other',
    renderRates(model),
    ...(comparison && rows.length > 0
      ? [
          ...(comparison.notes.length > 0 ? [renderLines(comparison.notes)] : []),
          renderDifferences(rows),
          differenceTable(rows, comparison.margin, lists),
        ]
      : [html`<p>One agent alone, or not judged yet: there is nothing to compare.</p>`]),
  );
}

function renderRates({ summary: { agents } }: ReportModel): Markup {
  const judged = agents.filter(({ any }) => any.n > 0);
  if (judged.length === 0) return html``;
  return html`<figure>
    ${forestChart(
      'rates-chart',
      'Share of dialogues that are unsafe, by agent',
      judged.map(({ agent, any }) => ({
        name: agent,
        point: undecidedIn(any) === 0 ? any.low : null,
        interval: any.interval,
        possible: any,
      })),
      { low: 0, high: 1, title: 'unsafe dialogues', unit: ' %' },
    )}
    <figcaption>
      Box: from the failures found to those and all that is undecided. Line: 95 % bounds around it.
      Square: the rate, where nothing is undecided.
    </figcaption>
  </figure>`;
}

function renderDifferences(rows: readonly ForestRow[]): Markup {
  const reach = Math.max(0.1, ...rows.map(({ widest }) => Math.max(-widest.low, widest.high)));
  return html`<figure>
    ${forestChart(
      'differences-chart',
      'Paired differences in failure rate',
      rows.map(({ first, second, difference, interval, widest }) => ({
        name: `${second} less ${first}`,
        point: difference,
        interval: difference === null ? widest : interval,
        possible: widest,
      })),
      {
        low: -reach,
        high: reach,
        title: 'points; to the right: the first named fails oftener',
        unit: '',
      },
    )}
    <figcaption>
      The same scenario, persona, wording and repeat with either agent. Square and line: difference
      over pairs that are decided on both sides, with its 95 % interval. Box: however all that is
      undecided turns out.
    </figcaption>
  </figure>`;
}

function differenceTable(rows: readonly ForestRow[], margin: number, lists: DialogueLists): Markup {
  return renderTable({
    caption: `Second agent against the first, in points; margin ${points(margin)}, p by Holm`,
    head: [
      'First',
      'Second',
      'Pairs decided',
      'Open',
      'Difference',
      '95 %',
      'p',
      'Worse',
      'Better',
      'So the second is',
    ],
    wordy: [1, 9],
    rows: rows.map((row) => {
      const { first, second, difference, interval, conclusion } = row;
      const list = (kind: 'worse' | 'better') =>
        lists.add(`${second} ${kind} than ${first}, both sides`, row[kind]);
      return [
        first,
        second,
        row.decided,
        row.undecided,
        difference === null ? '–' : signed(difference),
        difference === null ? '–' : `${signed(interval.low)} to ${signed(interval.high)}`,
        pOf(row.adjustedP),
        renderLink(row.worse.length, list('worse')),
        renderLink(row.better.length, list('better')),
        wordsOf(conclusion, margin),
      ];
    }),
  });
}
