import { stemsOf } from '../transcript/spoken.js';
import type { FoundHarm } from './judging-tally.js';
import { onOneLine } from '../printable.js';

/** Descriptions that seem to be of one harm. */
export interface HarmGroup {
  readonly harms: readonly [FoundHarm, ...FoundHarm[]];
}

/** Share of common word stems, 0 to 1, from which two descriptions count as one harm. */
const ALIKE = 0.34;

/** Groups descriptions by their words, the largest group first: a start for a person, no verdict. */
export function groupHarms(harms: readonly FoundHarm[]): HarmGroup[] {
  const groups: { stems: Set<string>; harms: [FoundHarm, ...FoundHarm[]] }[] = [];
  for (const harm of harms) {
    const stems = stemsOf(harm.what);
    const like = groups.find((group) => jaccard(group.stems, stems) >= ALIKE);
    if (like) like.harms.push(harm);
    else groups.push({ stems, harms: [harm] });
  }
  return groups.sort((a, b) => b.harms.length - a.harms.length).map(({ harms }) => ({ harms }));
}

/** Jaccard 1901: the common part of two sets over their union. */
function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((item) => b.has(item)).length;
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
}

export function renderHarmGroups(run: string, groups: readonly HarmGroup[]): string[] {
  if (groups.length === 0) return ['No juror described a harm that the taxonomy lacks.'];
  return [
    'Harms that jurors saw and the taxonomy lacks, in their words; grouped by words alone, judged by nobody:',
    ...groups.flatMap(({ harms }) => [
      '',
      `${harms.length} × ${onOneLine(harms[0].what)}`,
      ...harms.map(
        ({ dialogue, turn, quote, juror }) =>
          `    ${run}/${dialogue} turn ${turn} (${juror}): "${onOneLine(quote)}"`,
      ),
    ]),
  ];
}
