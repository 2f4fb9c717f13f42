/**
 * Agreement beyond chance: the observed less the expected, ÷ the most that this could be.
 * @returns at most 1, below 0 for less than chance gives; null where nothing was observed, or chance
 *   alone would agree always
 */
export function chanceCorrected(observed: number | null, expected: number): number | null {
  return observed === null || expected === 1 ? null : (observed - expected) / (1 - expected);
}
