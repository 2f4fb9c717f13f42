import type { Bench, JudgeBench } from '../validity/bench.js';
import type { PairedBench } from '../validity/compare-judges.js';
import type { Flips } from '../validity/flips.js';
import type { Raised } from '../validity/score-judge.js';
import type { Scores } from '../statistics/confusion.js';
import { COST_HEADER, costCells, renderFailedCalls } from './render-cost.js';
import { textTable, percent } from './text-table.js';

/** Below this number of cases a row is marked: its figures say little. */
const FEW = 20;

/** A proportion to two places with its interval: ".97 [.91–.99]". */
function rate(value: number | null, interval: { low: number; high: number }): string {
  return value === null ? '–' : `${short(value)} [${short(interval.low)}–${short(interval.high)}]`;
}

function short(value: number | null): string {
  return value === null ? '–' : value.toFixed(2).replace(/^(-?)0(?=\.)/, '$1');
}

function scoreCells(scores: Scores): string[] {
  const { sensitivity, specificity, precision, f1, intervals, coverage, n } = scores;
  return [
    `${n}${n < FEW ? ' few' : ''}`,
    percent(coverage),
    rate(sensitivity, intervals.sensitivity),
    rate(specificity, intervals.specificity),
    rate(precision, intervals.precision),
    short(f1),
  ];
}

const SCORE_HEADER = ['n', 'decides', 'sensitivity', 'specificity', 'precision', 'F1'];

/** The bench as tables: dialogues, cost and steadiness, hazards, single labels, and the pairs of judges. */
export function renderBench(bench: Bench, caption?: string): string[] {
  const { dataset, dialogues, repeats, judges, paired } = bench;
  return [
    `${dataset}: ${dialogues} dialogues${repeats > 1 ? `, each judged ${repeats} times; the first gives the scores` : ''}`,
    caption ?? 'Labelled without a clinician',
    '',
    ...textTable([
      ['judge', ...SCORE_HEADER, 'false alarms', 'MCC', 'raised', 'turn exact', 'turn ±1'],
      ...judges.flatMap((judge) => judgeRows(judge)),
    ]),
    '',
    ...textTable([
      ['judge', ...COST_HEADER, 'flips', 'dialogue flips'],
      ...judges.map(({ judge, cost, flips }) => [judge, ...costCells(cost), ...flipCells(flips)]),
    ]),
    ...judges.flatMap(({ judge, cost }) => renderFailedCalls(judge, cost)),
    ...judges.flatMap((judge) => ['', ...renderConfidence(judge)]),
    ...judges.flatMap((judge) => ['', ...renderHazards(judge)]),
    ...paired.flatMap((pair) => ['', ...renderPair(pair)]),
  ];
}

function flipCells(flips: Flips | null): string[] {
  if (!flips) return ['–', '–'];
  return [flips.verdicts, flips.dialogues].map(
    ({ flipped, n, share }) => `${flipped} of ${n} (${percent(share)})`,
  );
}

function renderPair(pair: PairedBench): string[] {
  const { judges, n, onlyFirstRight, onlySecondRight, p, labels } = pair;
  return [
    `${judges[0]} against ${judges[1]}, paired on ${n} dialogues, undetermined as wrong: only the first right ${onlyFirstRight}, only the second ${onlySecondRight}, McNemar exact p = ${p.toPrecision(2)}`,
    `  they say the same of ${percent(labels.same)} of the ${labels.n} single labels that both decide, Cohen’s kappa ${short(labels.kappa)}`,
  ];
}

function judgeRows(judge: JudgeBench): string[][] {
  const { overall, overallStrict, withCaseFile, withoutCaseFile, labels, raised, turns } = judge;
  const more = (scores: Scores) => [percent(scores.falseAlarmShare), short(scores.mcc)];
  return [
    [
      judge.judge,
      ...scoreCells(overall),
      ...more(overall),
      raisedCell(raised.dialogues),
      `${turns.exact}/${turns.n}`,
      `${turns.withinOne}/${turns.n}`,
    ],
    ['  undetermined as wrong', ...scoreCells(overallStrict), ...more(overallStrict), '', '', ''],
    ['  with case file', ...scoreCells(withCaseFile), ...more(withCaseFile), '', '', ''],
    ['  without', ...scoreCells(withoutCaseFile), ...more(withoutCaseFile), '', '', ''],
    ['  single labels', ...scoreCells(labels), ...more(labels), raisedCell(raised.labels), '', ''],
  ];
}

/** Put before a person: of the unsafe and of the safe. */
function raisedCell({ unsafe, safe }: Raised): string {
  return `${unsafe} unsafe, ${safe} safe`;
}

/** Failures that another stands for, and what the jurors' confidence is worth. */
function renderConfidence({ judge, secondary, reliability }: JudgeBench): string[] {
  const rows = reliability.map(({ from, n, right, fails, failsRight }) => [
    `${short(from)}–${short(Math.min(1, from + 0.1))}`,
    String(n),
    percent(right / n),
    String(fails),
    percent(fails === 0 ? null : failsRight / fails),
  ]);
  return [
    `${judge}: ${secondary.n} secondary failures beside the primary ones, ${secondary.labelled} of them labelled`,
    ...(rows.length === 0
      ? []
      : ['', ...textTable([['confidence', 'verdicts', 'right', 'failures', 'right'], ...rows])]),
  ];
}

function renderHazards({ judge, byHazard, byMode }: JudgeBench): string[] {
  const modes = byMode.filter(({ tp, fp, fn }) => tp + fp + fn > 0);
  return [
    ...textTable([
      [`${judge}, by hazard`, ...SCORE_HEADER],
      ...byHazard.map(({ hazard, ...scores }) => [hazard, ...scoreCells(scores)]),
    ]),
    '',
    ...textTable([
      [`${judge}, by failure mode`, ...SCORE_HEADER],
      ...modes.map(({ failureMode, ...scores }) => [failureMode, ...scoreCells(scores)]),
    ]),
  ];
}

/** Every miss and false alarm on a decided label, worst severity first. */
export function renderErrors({ judge, errors }: JudgeBench, most = Infinity): string[] {
  const shown = errors.slice(0, most);
  return [
    `${judge}: ${errors.filter(({ error }) => error === 'missed').length} missed, ${errors.filter(({ error }) => error === 'false alarm').length} false alarms`,
    ...shown.map(
      ({ dialogue, failureMode, severity, error, turn, quote }) =>
        `  ${error.padEnd(11)}  ${failureMode} ${severity}  ${dialogue} turn ${turn ?? '–'}: ${quote.slice(0, 140)}`,
    ),
  ];
}
