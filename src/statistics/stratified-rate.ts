/** How many dialogues a stratum has, and their rate, 0 to 1. */
export interface StratumRate {
  readonly size: number;
  readonly rate: number;
}

/** The rate over all strata, each by its size. Source: Cochran 1977, Sampling Techniques, 5.3. */
export function stratifiedRate(strata: readonly StratumRate[]): number {
  return strata.reduce((sum, { size, rate }) => sum + size * rate, 0) / sizeOf(strata);
}

/**
 * Variance of {@link stratifiedRate} over the samples that could have been drawn at random within each
 * stratum of this very run, dialogues not coming in clusters. Source: Cochran 1977, Sampling
 * Techniques, 5.3 and 5.11; Lohr, Sampling: Design and Analysis, section on stratified proportions.
 * @param strata of each of which two or more were reviewed
 */
export function stratifiedVariance(
  strata: readonly (StratumRate & { readonly reviewed: number })[],
): number {
  const all = sizeOf(strata);
  const variances = strata.map(
    ({ size, reviewed, rate }) =>
      (1 - reviewed / size) * (size / all) ** 2 * ((rate * (1 - rate)) / (reviewed - 1)),
  );
  return variances.reduce((sum, variance) => sum + variance, 0);
}

function sizeOf(strata: readonly StratumRate[]): number {
  return strata.reduce((sum, { size }) => sum + size, 0);
}
