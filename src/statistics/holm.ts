/**
 * Holm's step-down adjustment: rejecting what stays at or below a level errs once or more in a family
 * no oftener than that level, whatever the tests' dependence. Source: Holm 1979, Scandinavian Journal
 * of Statistics 6:65–70.
 * @param ps of one family, each 0 to 1
 * @returns adjusted p, in the order given
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(ps.length);
  let least = 0;
  order.forEach(({ p, index }, rank) => {
    least = Math.max(least, Math.min(1, (ps.length - rank) * p));
    adjusted[index] = least;
  });
  return adjusted;
}
