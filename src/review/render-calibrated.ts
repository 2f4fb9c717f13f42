import type { EstimatedRate } from '../statistics/post-stratified.js';
import type { CalibratedRate, MeasuredJudge } from './calibrated-rates.js';
import { renderInterval } from './render-agreement.js';
import type { GateSide, ValidityGate } from './validity-gate.js';

/** What people's labels make of a run's figures. */
export interface Calibration {
  readonly pack: string;
  readonly rates: readonly CalibratedRate[];
  readonly judge: MeasuredJudge;
  readonly gate: ValidityGate;
}

export function renderCalibration({ pack, rates, judge, gate }: Calibration): string[] {
  return [
    `corrected by reviewers (pack ${pack}; post-stratified, 95 % by scenario)`,
    ...rates.map(renderRate),
    `judge, weighted to the run: sensitivity ${estimate(judge.sensitivity)} over ${judge.unsafe} unsafe,`,
    `  specificity ${estimate(judge.specificity)} over ${judge.safe} safe; undecided counts as wrong in both`,
    ...renderGate(gate),
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
