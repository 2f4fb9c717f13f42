/** The cases of each key, both in the order of their first appearance. */
export function groupBy<Case>(
  cases: readonly Case[],
  keyOf: (one: Case) => string,
): ReadonlyMap<string, readonly Case[]> {
  const groups = new Map<string, Case[]>();
  for (const one of cases) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
