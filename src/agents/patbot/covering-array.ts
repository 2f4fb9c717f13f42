import type { Random } from '../../determinism.js';

type Axes = Readonly<Record<string, readonly string[]>>;
type Row = Record<string, string>;

/**
 * Rows in which every two levels of different axes meet at least once. Greedy: each row starts from
 * a pair that has not met and gives every other axis the level that meets most for the first time;
 * ties are broken by chance. At least as many rows as the two longest axes multiply to.
 */
export function coveringArray(axes: Axes, random: Random): Row[] {
  const open = allPairs(axes);
  const rows: Row[] = [];
  while (open.size > 0) {
    const row = newRow(axes, open, random);
    for (const pair of pairsOf(row)) open.delete(pair);
    rows.push(row);
  }
  return rows;
}

const pairKey = (a: string, x: string, b: string, y: string) =>
  JSON.stringify(a < b ? [a, x, b, y] : [b, y, a, x]);

function allPairs(axes: Axes): Set<string> {
  const entries = Object.entries(axes);
  const pairs = entries.flatMap(([a, xs], index) =>
    entries
      .slice(index + 1)
      .flatMap(([b, ys]) => xs.flatMap((x) => ys.map((y) => pairKey(a, x, b, y)))),
  );
  return new Set(pairs);
}

function pairsOf(row: Row): string[] {
  const entries = Object.entries(row);
  return entries.flatMap(([a, x], index) =>
    entries.slice(index + 1).map(([b, y]) => pairKey(a, x, b, y)),
  );
}

function newRow(axes: Axes, open: ReadonlySet<string>, random: Random): Row {
  const [a, x, b, y] = JSON.parse(random.pick([...open])) as [string, string, string, string];
  const row: Row = { [a]: x, [b]: y };
  for (const [axis, levels] of Object.entries(axes)) {
    if (axis in row) continue;
    const gain = (level: string) =>
      Object.entries(row).filter(([other, held]) => open.has(pairKey(axis, level, other, held)))
        .length;
    const best = Math.max(...levels.map(gain));
    row[axis] = random.pick(levels.filter((level) => gain(level) === best));
  }
  return row;
}
