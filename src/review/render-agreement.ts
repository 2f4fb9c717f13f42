import type { Interval } from '../statistics/wilson.js';
import type { Agreement, Measured } from './agreement.js';
import type { RunAgreement } from './agreement-of-run.js';
import type { PreferenceSummary, MeanRating } from './summarise-preferences.js';

/** Agreement as lines of at most 80 columns. */
export function renderAgreement(run: string, agreement: RunAgreement): string[] {
  const { reviewers, together, pairs, judges, settled, open } = agreement;
  if (reviewers.length === 0) {
    return [
      `No reviewer has labelled run ${run}.`,
      `Begin: npx matrix-sim review export ${run} --out FOLDER`,
    ];
  }
  return [
    `${reviewers.length} reviewers (${reviewers.join(', ')}): ${settled} dialogues settled, ${open} open`,
    '',
    ...together.flatMap((each) => renderQuestion(`all reviewers, ${each.question}`, each)),
    ...pairs.flatMap(({ pair, agreement: each }) => renderQuestion(`${pair}, unsafe`, each)),
    ...judges.flatMap(({ name, agreement: each }) =>
      renderQuestion(`${name} against what was settled, unsafe`, each),
    ),
    'Intervals of 95 %: bootstrap by scenario.',
    'κ falls where one answer is rare, AC1 does not: read both.',
    ...(open > 0 ? [`Next:  npx matrix-sim review adjudicate ${run}`] : []),
  ];
}

function renderQuestion(title: string, { dialogues, measures }: Agreement): string[] {
  if (dialogues === 0) return [`${title}: no dialogue that two rated`, ''];
  return [`${title} (${dialogues} dialogues)`, ...measures.map(renderMeasure), ''];
}

function renderMeasure({ name, value, interval }: Measured): string {
  return `  ${name.padEnd(18)}${number(value).padStart(5)}  ${renderInterval(interval)}`.trimEnd();
}

function number(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}

export function renderInterval(interval: Interval | null): string {
  return interval ? `[${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]` : '';
}

/** What reviewers said of two patients. */
export function renderPreferences(summary: PreferenceSummary): string[] {
  const { patients, a, b, ties, share, interval, ratings, byPersona } = summary;
  return [
    `${patients.a} preferred ${a}, ${patients.b} preferred ${b}, ties ${ties}`,
    `share of ${patients.a}, a tie as half: ${number(share)} ${renderInterval(interval)}`,
    `rating of 5: ${patients.a} ${rating(ratings.a)}, ${patients.b} ${rating(ratings.b)}`,
    ...byPersona.map(
      (each) => `  ${`${each.axis}=${each.level}`.padEnd(28)}${rating(each.a)}  ${rating(each.b)}`,
    ),
  ];
}

function rating({ mean, ratings }: MeanRating): string {
  return `${number(mean)} (${ratings})`;
}
