import type { Plan } from '../../plan/plan.js';
import type { SamplingSummary, StratumSummary } from './summarise-sampling.js';

/** How to read the figures of a run that stops early. */
export const SAMPLING_NOTE =
  'The sequential bounds hold for the rate of the whole plan, at 95 % for each hazard and agent, whenever it was stopped (Waudby-Smith and Ramdas 2020); the bounds elsewhere do not allow for stopping early.';

const STOPPED: Readonly<Record<NonNullable<StratumSummary['stopped']>, string>> = {
  narrow: 'narrow enough',
  settled: 'rating settled',
  'all-drawn': 'all drawn',
};

export function whyStopped({ stopped }: Pick<StratumSummary, 'stopped'>): string {
  return stopped ? STOPPED[stopped] : 'goes on';
}

/** "Sampled until the interval is no wider than 0.1: 41 of 100 dialogues of the plan were not needed (41 %)." */
export function samplingSentence(
  { strata, saved, left }: SamplingSummary,
  { untilWidth, untilRating }: Pick<Plan, 'untilWidth' | 'untilRating'>,
): string {
  const planned = strata.reduce((sum, stratum) => sum + stratum.planned, 0);
  const rules = [
    ...(untilWidth === undefined ? [] : [`its interval is no wider than ${untilWidth}`]),
    ...(untilRating ? ['its likelihood class is settled'] : []),
  ];
  const share = planned === 0 ? 0 : Math.round((saved / planned) * 100);
  return [
    `Sampled each hazard and agent until ${rules.join(' or ')}:`,
    `${saved} of ${planned} dialogues of the plan were not needed (${share} %)`,
    ...(left > 0 ? [`and up to ${left} are still to be held`] : []),
  ]
    .join(' ')
    .concat('.');
}
