import { onOneLine } from '../printable.js';
import type { ChangedContent } from '../runs/planning/contents.js';
import type { Difference } from './first-difference.js';
import type { ReplayTally } from './replay-run.js';

/** How a replay went, in words: what came out the same, what could not be executed, the first difference. */
export function renderReplay(
  run: string,
  tally: ReplayTally,
  changed: readonly ChangedContent[],
): string[] {
  const { planned, same, simulated, judged, differing, unfinished } = tally;
  const [first] = differing;
  return [
    `run ${run} · ${planned} dialogues · replayed with every socket refused, no agent called`,
    `same transcript  ${simulated}${same > simulated ? `, and ${same - simulated} from elsewhere, not simulated` : ''}`,
    `same verdicts    ${judged}`,
    ...outageLines(tally),
    ...(unfinished > 0 ? [`not finished     ${unfinished}, nothing to replay`] : []),
    `different        ${differing.length}`,
    ...(first ? ['', ...renderDifference(run, first), '', ...renderChanged(changed)] : []),
  ];
}

function outageLines({ outages }: ReplayTally): string[] {
  const entries = Object.entries(outages);
  if (entries.length === 0) return [];
  const sum = entries.reduce((total, [, count]) => total + count, 0);
  const each = entries.map(([ending, count]) => `${count} ${ending}`).join(', ');
  return [`not re-executed  ${sum}, ended by an outage (${each})`];
}

/** The difference as two lines, each with the words around it. */
export function renderDifference(
  run: string,
  { dialogue, where, was, now }: Difference & { readonly dialogue: string },
): string[] {
  return [
    `First difference: ${run}/${dialogue}, ${where}`,
    `  - ${was === null ? '(nothing)' : onOneLine(was)}`,
    `  + ${now === null ? '(nothing)' : onOneLine(now)}`,
  ];
}

function renderChanged(changed: readonly ChangedContent[]): string[] {
  if (changed.length === 0) {
    return ['Nothing that the run names has changed since: the code has, or the record.'];
  }
  return [
    'Changed since the run:',
    ...changed.map(({ name, was, now }) => `  ${name}: ${was}, now ${now}`),
  ];
}
