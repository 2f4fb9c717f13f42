/**
 * Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
 * @param p 0 to 1
 * @returns undefined for no values
 */
export function quantile(values: readonly number[], p: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * p;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (position - Math.floor(position));
}
