import type { JudgingCost } from '../validity/judging-cost.js';

export const COST_HEADER = [
  'calls',
  'calls/dialogue',
  'tokens in',
  'cached',
  'tokens out',
  'tokens/verdict',
  'cost',
  'time',
  's/dialogue',
];

/** What a judge took, under {@link COST_HEADER}; dashes for what is not known. */
export function costCells(cost: JudgingCost | null): string[] {
  if (!cost) return COST_HEADER.map(() => '–');
  const { calls, callsPerDialogue, inputTokens, outputTokens, tokensPerVerdict, uncounted } = cost;
  // Where a server did not count, it was at least so much.
  const least = uncounted > 0 ? '≥' : '';
  return [
    number(calls),
    decimal(callsPerDialogue, 1),
    `${least}${number(inputTokens)}`,
    number(cost.cachedTokens),
    `${least}${number(outputTokens)}`,
    tokensPerVerdict === null ? '–' : `${least}${number(Math.round(tokensPerVerdict))}`,
    `${cost.money === null ? '' : least}${money(cost)}`,
    cost.seconds === null ? '–' : `${decimal(cost.seconds, 1)} s`,
    decimal(cost.medianSeconds, 2),
  ];
}

/** Says how many calls came to nothing; nothing where none did. */
export function renderFailedCalls(judge: string, cost: JudgingCost | null): string[] {
  if (!cost || cost.failed === 0) return [];
  return [
    `${judge}: ${cost.failed} calls failed; what they asked about is undetermined, unless another juror decided it`,
  ];
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

function decimal(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}

/** Small sums to a hundredth of a cent. */
function money({ money, currency }: JudgingCost): string {
  if (money === null) return '–';
  return `${money.toFixed(money < 1 ? 4 : 2)} ${currency ?? ''}`.trimEnd();
}
