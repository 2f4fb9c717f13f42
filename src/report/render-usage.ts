import type { RunSummary } from './summarise-run.js';
import { percent, textTable } from './text-table.js';

/** Calls and tokens of a run, what had to be held again, and why; nothing for a run offline. */
export function renderUsage({ usage, restarted, patientReview }: RunSummary): string[] {
  const { reviewed, spoiled } = patientReview;
  return [
    ...(usage.length > 0 ? renderCalls(usage) : []),
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
  const number = (value: number) => value.toLocaleString('en-GB');
  return textTable(
    [
      ['calls', 'model', 'n', 'tokens in', 'tokens out'],
      ...usage.map(({ role, model, calls, inputTokens, outputTokens }) => [
        role,
        model ?? '–',
        number(calls),
        number(inputTokens),
        number(outputTokens),
      ]),
    ],
    [0, 1],
  );
}
