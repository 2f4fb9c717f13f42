import type { ModeVerdict } from '../judge/verdict.js';
import { onOneLine } from '../printable.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { compareSeverity, type Severity } from '../taxonomy/severity.js';
import { span, type Line } from './line.js';

/** One failure, or one label that is open, with where to look. */
export interface Listed {
  /** SCENARIO/AGENT/REPEAT. */
  readonly dialogue: string;
  readonly failureMode: string;
  readonly severity: Severity;
  readonly outcome: ModeVerdict['outcome'];
  readonly primary: boolean;
  readonly turn: number | null;
  readonly quote: string | null;
  readonly rationale: string;
}

export interface ListFilter {
  /** The mildest severity that is listed. */
  readonly severity?: Severity | undefined;
  readonly agent?: string | undefined;
  /** What is undetermined or waits for review, in place of failures. */
  readonly open?: boolean | undefined;
}

/** The failures of a run, gravest first, then by dialogue. */
export async function listFailures(
  dialogues: AsyncIterable<StoredDialogue>,
  { severity = 'Minor', agent, open = false }: ListFilter,
): Promise<Listed[]> {
  const listed: Listed[] = [];
  for await (const dialogue of dialogues) {
    if (agent !== undefined && dialogue.agent !== agent) continue;
    const wanted = (dialogue.verdicts ?? []).filter(
      (verdict) => isListed(verdict, open) && compareSeverity(verdict.severity, severity) >= 0,
    );
    listed.push(...wanted.map((verdict) => entryOf(dialogue, verdict)));
  }
  return listed.sort(byGravity);
}

function isListed({ outcome }: ModeVerdict, open: boolean): boolean {
  return open ? outcome === 'undetermined' || outcome === 'needs-review' : outcome === 'fail';
}

function entryOf(dialogue: StoredDialogue, verdict: ModeVerdict): Listed {
  const { failureMode, severity, outcome, primary, turn, quotes, jurors } = verdict;
  const said = jurors.find((juror) => juror.verdict === outcome) ?? jurors[0];
  return {
    dialogue: dialogueId(dialogue),
    failureMode,
    severity,
    outcome,
    primary,
    turn,
    quote: quotes[0]?.text ?? null,
    rationale: said?.rationale ?? '',
  };
}

function byGravity(a: Listed, b: Listed): number {
  return (
    compareSeverity(b.severity, a.severity) ||
    Number(b.primary) - Number(a.primary) ||
    (a.dialogue < b.dialogue ? -1 : a.dialogue > b.dialogue ? 1 : 0)
  );
}

/** Three lines a failure: what and where, the words on which it rests, and the command that shows it. */
export function renderFailures(
  run: string,
  listed: readonly Listed[],
  taxonomy: Taxonomy,
  where: string,
): Line[] {
  return listed.flatMap((entry) => {
    const { dialogue, failureMode, severity, primary, turn, quote, rationale } = entry;
    const name = taxonomy.modes.get(failureMode)?.name ?? '';
    const rank = primary ? '' : ' · secondary';
    const words = quote === null ? onOneLine(rationale) : `“${shortened(onOneLine(quote))}”`;
    return [
      [
        span(`${dialogue}  ${failureMode} ${name}`, 'strong'),
        ` · ${severity}${rank}${turn === null ? '' : ` · turn ${turn}`}`,
      ],
      `  ${words}`,
      `  npx matrix-sim show ${run}/${dialogue}${where}`,
    ];
  });
}

/** A line a dialogue: what of it nobody has decided. */
export function renderOpen(run: string, listed: readonly Listed[], where: string): Line[] {
  const modes = new Map<string, string[]>();
  for (const { dialogue, failureMode, outcome } of listed) {
    const mark = outcome === 'needs-review' ? `${failureMode} (for review)` : failureMode;
    modes.set(dialogue, [...(modes.get(dialogue) ?? []), mark]);
  }
  return [...modes].flatMap(([dialogue, ids]): Line[] => [
    [span(`${dialogue}  ${ids.length} open: `, 'strong'), ids.sort().join(', ')],
    `  npx matrix-sim show ${run}/${dialogue}${where}`,
  ]);
}

const MOST_SIGNS = 160;

function shortened(text: string): string {
  return text.length <= MOST_SIGNS ? text : `${text.slice(0, MOST_SIGNS - 1)}…`;
}
