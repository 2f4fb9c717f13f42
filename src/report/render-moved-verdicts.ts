import { onOneLine } from '../printable.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { span, wrapped, type Line } from './line.js';
import type { JudgingChanges, MovedVerdict, Said } from './moved-verdicts.js';

/** Moves that are printed; all of them stand in the JSON. */
const MOST_LISTED = 40;

interface Page {
  readonly run: string;
  readonly before: string;
  readonly after: string;
  readonly taxonomy: Taxonomy;
  readonly columns: number;
  /** The store, as a command needs it. */
  readonly where: string;
}

/** How many verdicts moved from what to what, then each with both rationales and the command that shows it. */
export function renderChanges(changes: JudgingChanges, page: Page): Line[] {
  const { verdicts, onlyBefore, onlyAfter, moved } = changes;
  const { run, before, after } = page;
  const left = moved.length - MOST_LISTED;
  return [
    ...wrapped(
      `${moved.length} of ${verdicts} verdicts on run ${run} moved from ${before} to ${after}`,
      page.columns,
    ),
    ...(onlyBefore + onlyAfter > 0
      ? [`given by one judging alone: ${onlyBefore} by ${before}, ${onlyAfter} by ${after}`]
      : []),
    ...countKinds(moved).map(([kind, count]) => `${String(count).padStart(6)}  ${kind}`),
    ...moved.slice(0, MOST_LISTED).flatMap((move) => ['', ...renderMove(move, page)]),
    ...(left > 0 ? ['', `… and ${left} more: --json lists all`] : []),
  ];
}

function countKinds(moved: readonly MovedVerdict[]): [kind: string, count: number][] {
  const kinds = new Map<string, number>();
  for (const { before, after } of moved) {
    const kind = `${inWords(before)} → ${inWords(after)}`;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds].sort(([, a], [, b]) => b - a);
}

function renderMove(
  { dialogue, failureMode, severity, before, after }: MovedVerdict,
  page: Page,
): Line[] {
  const name = page.taxonomy.modes.get(failureMode)?.name ?? '';
  const said = (judging: string, each: Said) =>
    wrapped(`${judging} ${inWords(each)}: ${onOneLine(each.rationale)}`, page.columns - 4).map(
      (line, index) => `${index === 0 ? '  ' : '    '}${line}`,
    );
  return [
    [span(`${dialogue}  ${failureMode} ${name}`, 'strong'), ` · ${severity}`],
    ...said(page.before, before),
    ...said(page.after, after),
    `  npx matrix-sim show ${page.run}/${dialogue} --judging ${page.after}${page.where}`,
  ];
}

function inWords({ outcome, primary }: Said): string {
  return outcome === 'fail' && !primary ? 'fail (beside another)' : outcome;
}
