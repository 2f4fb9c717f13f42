import { sameCategory } from './agreement-weight.js';
import { chanceCorrected } from './chance-corrected.js';

/**
 * Cohen's kappa: agreement of two raters beyond chance. Source: Cohen 1960, Educational and
 * Psychological Measurement 20:37–46; weighted, Cohen 1968, Psychological Bulletin 70:213–220.
 * @param table square; how often the first rater said the row's category and the second the column's
 * @param weight what a disagreement counts; without it, nothing
 * @returns −1 to 1; null where chance alone would agree always, or nothing was rated
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  weight = sameCategory,
): number | null {
  const firsts = table.map((row) => row.reduce((total, count) => total + count, 0));
  const seconds = table.map((_, at) => table.reduce((total, row) => total + (row[at] ?? 0), 0));
  const n = firsts.reduce((total, count) => total + count, 0);
  let [observed, expected] = [0, 0];
  firsts.forEach((first, i) => {
    seconds.forEach((second, j) => {
      observed += weight(i, j) * (table[i]?.[j] ?? 0);
      expected += weight(i, j) * first * second;
    });
  });
  return n === 0 ? null : chanceCorrected(observed / n, expected / n ** 2);
}
