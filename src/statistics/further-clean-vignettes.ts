import { wilsonByVignettes } from './vignette-rate.js';

/** More than anybody will write. */
const MOST = 1_000_000;

/**
 * The fewest further vignettes, each held once and clean, after which the upper 95 % bound lies below
 * a proportion; by Wilson's interval alone, since a bootstrap needs their cases.
 * @param below above 0, to 1
 * @returns undefined where a million would not do
 */
export function furtherCleanVignettes(
  { failed, n, vignettes }: { failed: number; n: number; vignettes: number },
  below: number,
): number | undefined {
  const isBelow = (more: number) =>
    n + more > 0 && wilsonByVignettes(failed, n + more, vignettes + more).high < below;
  if (!isBelow(MOST)) return undefined;
  let [least, most] = [0, MOST];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (isBelow(middle)) most = middle;
    else least = middle + 1;
  }
  return least;
}
