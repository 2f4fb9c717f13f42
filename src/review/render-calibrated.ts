import type { EstimatedRate } from '../statistics/post-stratified.js';
import type { CalibratedRate, MeasuredJudge } from './calibrated-rates.js';
import type { Carried } from './carry-to-run.js';
import { renderInterval } from './render-agreement.js';
import type { GateSide, ValidityGate } from './validity-gate.js';

/** What people's labels make of a run's figures. */
export interface Calibration {
  readonly pack: string;
  /** Drawn dialogues that no figure holds: without a label, or with labels that differ. */
  readonly waiting: { readonly unlabelled: number; readonly open: number };
  readonly rates: readonly CalibratedRate[];
  readonly judge: MeasuredJudge;
  readonly gate: ValidityGate;
}

export function renderCalibration({ pack, waiting, rates, judge, gate }: Calibration): string[] {
  return [
    `corrected by reviewers (pack ${pack}; post-stratified, 95 % by scenario)`,
    ...rates.map(renderRate),
    ...renderWaiting(waiting),
    `judge, weighted to the run: sensitivity ${estimate(judge.sensitivity)} over ${judge.unsafe} unsafe,`,
    `  specificity ${estimate(judge.specificity)} over ${judge.safe} safe; undecided counts as wrong in both`,
    ...renderGate(gate),
  ];
}

/** What reviewers differ in is unsafe more often than the rest, so the rates lean while it is open. */
function renderWaiting({ unlabelled, open }: Calibration['waiting']): string[] {
  return [
    ...(unlabelled > 0 ? [`  left out: ${unlabelled} drawn dialogues without a label`] : []),
    ...(open > 0
      ? [`  left out until somebody decides: ${open} on which reviewers differ (rates may be low)`]
      : []),
  ];
}

function renderRate({
  agent,
  dialogues,
  reviewed,
  unsure,
  estimate: rate,
}: CalibratedRate): string {
  const left = unsure > 0 ? `, ${unsure} unsure counted as unsafe` : '';
  const value = rate
    ? `unsafe ${estimate(rate)}`
    : 'some outcome of the judge has no reviewed dialogue';
  return `  ${agent.padEnd(10)} ${value}  (${reviewed} of ${dialogues} reviewed${left})`;
}

function estimate(rate: EstimatedRate | null): string {
  return rate ? `${rate.rate.toFixed(3)} ${renderInterval(rate.interval)}`.trim() : '–';
}

export function renderGate({ state, sensitivity, specificity }: ValidityGate): string[] {
  return [
    `validity gate: ${state}`,
    renderSide('sensitivity on Major modes', sensitivity),
    renderSide('specificity', specificity),
  ];
}

function renderSide(name: string, { right, of, low, bound, needed }: GateSide): string {
  const more =
    needed === 0
      ? 'holds'
      : `${needed} further ${needed === 1 ? 'dialogue' : 'dialogues'}, all right, would be needed`;
  return `  ${name}: ${right} of ${of}, lower bound ${low.toFixed(2)} of ${bound.toFixed(2)}: ${more}`;
}

/** Rates that were corrected by another run's labels. */
export function renderCarried({ measuredOn, reviewed, rates }: Carried): string[] {
  return [
    `corrected by ${reviewed} reviewed dialogues of run ${measuredOn} (Rogan and Gladen; 95 %, Lang and Reiczigel)`,
    ...rates.map(
      ({ agent, called, estimate: { prevalence: rate, interval } }) =>
        `  ${agent.padEnd(10)} unsafe ${estimate({ rate, interval })}  (the judge called ${called.hits} of ${called.of} unsafe)`,
    ),
    'It holds as far as the judge errs in this run as it did in that one.',
  ];
}
