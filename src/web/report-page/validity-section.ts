import { html } from 'hono/html';
import { percent } from '../../report/text-table.js';
import type { Markup } from '../components/page-shell.js';
import type { ReportModel } from './report-model.js';
import { renderSection, renderTable } from './section.js';

/** Whether anything is known of the judge's own errors, in one sentence. */
export function standingOfJudge({
  summary: { judging, validity },
  calibration,
}: Pick<ReportModel, 'summary' | 'calibration'>): { isKnown: boolean; sentence: string } {
  if (!judging) return { isKnown: false, sentence: 'No judge has judged this run.' };
  const sets = validity.map(({ dataset }) => dataset);
  const by = [
    ...(sets.length > 0 ? [`on ${sets.join(', ')}, which no clinician labelled`] : []),
    ...(calibration
      ? [
          `by reviewers on ${calibration.dialogues} dialogues of this run (validity gate: ${calibration.gate})`,
        ]
      : []),
  ];
  if (by.length === 0) {
    return {
      isKnown: false,
      sentence: 'The judge is not validated: its own errors have not been measured.',
    };
  }
  return { isKnown: true, sentence: `The judge’s own errors were measured ${by.join(' and ')}.` };
}

export function renderValidity(model: ReportModel): Markup {
  const { summary, calibration } = model;
  const { isKnown, sentence } = standingOfJudge(model);
  const { judging, validity, run } = summary;
  return renderSection(
    'judge',
    'Is the judge right?',
    html`<p class="${isKnown ? '' : 'warning'}">${sentence}</p>`,
    html`<p>Jurors: ${judging?.jurors.join(', ') ?? 'none'}.</p>`,
    ...(validity.length > 0 ? [validityTable(model)] : []),
    ...(calibration
      ? [
          html`<h3>By reviewers of this run</h3>
            <pre dir="auto">${calibration.lines.join('\n')}</pre>`,
        ]
      : []),
    ...(isKnown
      ? []
      : [
          html`<p>
            Measure it: <code>npx matrix-sim judge bench --save</code> on a labelled set, or have
            people label a sample of this run:
            <code>npx matrix-sim review export ${run.id} --out FOLDER</code>.
          </p>`,
        ]),
  );
}

function validityTable({ summary }: ReportModel): Markup {
  return renderTable({
    caption: 'On labelled sets (judge bench --save), labelled without a clinician',
    head: [
      'Set',
      'Dialogues',
      'Decides',
      'Sensitivity',
      'Specificity',
      'False alarms on safe dialogues',
    ],
    rows: summary.validity.map(
      ({ dataset, dialogues, coverage, sensitivity, specificity, falseAlarmShare }) => [
        dataset,
        dialogues,
        percent(coverage),
        percent(sensitivity),
        percent(specificity),
        percent(falseAlarmShare),
      ],
    ),
  });
}
