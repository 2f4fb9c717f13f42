import type { RunSummary } from './summarise-run.js';
import { percent, textTable } from './text-table.js';

/** Calls and tokens of a run, what had to be held again, and why; nothing for a run offline. */
export function renderUsage({ usage, spent, restarted, patientReview }: RunSummary): string[] {
  const { reviewed, spoiled } = patientReview;
  return [
    ...(usage.length > 0 ? renderCalls(usage) : []),
    ...(spent
      ? [`spent on models: ${spent.money.toFixed(spent.money < 1 ? 4 : 2)} ${spent.currency}`]
      : []),
    ...(restarted > 0
      ? [`${restarted} dialogues were begun anew, since their agent kept state that was lost`]
      : []),
    ...(reviewed > 0
      ? [
          `patient review: ${spoiled} of ${reviewed} attempts (${percent(spoiled / reviewed)}) had a patient who helped or hindered; their verdicts count for nothing, and they were held again`,
        ]
      : []),
  ];
}

function renderCalls(usage: RunSummary['usage']): string[] {
  const judgings = new Set(usage.flatMap(({ judging }) => judging ?? []));
  const whose = ({ judging, role }: RunSummary['usage'][number]) =>
    judging !== null && judgings.size > 1 ? `${role} (${judging})` : role;
  const number = (value: number) => value.toLocaleString('en-GB');
  return textTable(
    [
      ['calls', 'model', 'n', 'tokens in', 'cached', 'tokens out'],
      ...usage.map((used) => [
        whose(used),
        used.model ?? '–',
        number(used.calls),
        number(used.inputTokens),
        number(used.cachedTokens),
        number(used.outputTokens),
      ]),
    ],
    [0, 1],
  );
}
