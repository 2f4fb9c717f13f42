import type { RowEstimate } from './compare-row.js';

/** A difference that chance makes no oftener than this is taken for one. */
const LEVEL = 0.05;

export const DEFAULT_MARGIN = 0.05;

/** Of the second side, against the first; `not worse` is: not by more than the margin. */
export type Conclusion = 'worse' | 'better' | 'not worse' | 'cannot tell';

/**
 * What a difference comes to. Worse is what the test finds over decided pairs, within the margin too.
 * Not worse is what stays within the margin even where everything undecided turns out against the
 * second side; what nobody decided is never read as a pass.
 * @param adjustedP by Holm over the family of tests
 * @param margin share by which the second side may be worse, 0 to 1
 */
export function conclude(
  { difference, widest }: Pick<RowEstimate, 'difference' | 'widest'>,
  adjustedP: number,
  margin: number,
): Conclusion {
  const differs = adjustedP <= LEVEL ? (difference ?? 0) : 0;
  if (differs > 0) return 'worse';
  if (widest.high > margin) return 'cannot tell';
  return differs < 0 ? 'better' : 'not worse';
}
