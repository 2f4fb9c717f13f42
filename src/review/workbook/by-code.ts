/** Rows by the code that each is about, both in the order in which they stand. */
export function byCode<Row>(
  rows: readonly Row[],
  codeOf: (row: Row) => string,
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const code = codeOf(row);
    const group = groups.get(code);
    if (group) group.push(row);
    else groups.set(code, [row]);
  }
  return groups;
}
