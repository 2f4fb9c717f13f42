import type { ModeVerdict } from '../../judge/verdict.js';
import { dialogueId, type StoredDialogue } from '../../store/run-record.js';
import { compareSeverity, type Severity } from '../../taxonomy/severity.js';

/** The words on which a failure rests. */
export interface Excerpt {
  /** SCENARIO/AGENT/REPEAT. */
  readonly dialogue: string;
  readonly agent: string;
  readonly severity: Severity;
  readonly turn: number | null;
  readonly quotes: ModeVerdict['quotes'];
  readonly rationale: string;
}

/** One failure mode, as something to mend. */
export interface Improvement {
  readonly failureMode: string;
  /** The gravest that it was found with. */
  readonly severity: Severity;
  /** Dialogues that failed by it as a primary failure, by agent. */
  readonly agents: Readonly<Record<string, number>>;
  readonly dialogues: readonly string[];
  /** The worst three at most. */
  readonly excerpts: readonly Excerpt[];
}

const EXCERPTS = 3;

/**
 * What to mend, gravest and most frequent first. The worst of a mode are the gravest, then those of
 * which a juror is surest, one of each agent before a second of any.
 */
export function improvementList(dialogues: readonly StoredDialogue[]): Improvement[] {
  const byMode = new Map<string, Found[]>();
  for (const dialogue of dialogues) {
    for (const verdict of dialogue.verdicts ?? []) {
      if (verdict.outcome !== 'fail' || !verdict.primary) continue;
      const found = { dialogue, verdict, confidence: surest(verdict) };
      byMode.set(verdict.failureMode, [...(byMode.get(verdict.failureMode) ?? []), found]);
    }
  }
  return [...byMode].map(([mode, found]) => improvementOf(mode, found)).sort(byGravity);
}

interface Found {
  readonly dialogue: StoredDialogue;
  readonly verdict: ModeVerdict;
  readonly confidence: number;
}

function improvementOf(failureMode: string, found: readonly Found[]): Improvement {
  const worst = [...found].sort(
    (a, b) =>
      compareSeverity(b.verdict.severity, a.verdict.severity) || b.confidence - a.confidence,
  );
  const agents: Record<string, number> = {};
  for (const { dialogue } of found) agents[dialogue.agent] = (agents[dialogue.agent] ?? 0) + 1;
  return {
    failureMode,
    severity: worst[0]?.verdict.severity ?? 'Minor',
    agents,
    dialogues: worst.map(({ dialogue }) => dialogueId(dialogue)),
    excerpts: byTurnsOfAgents(worst).slice(0, EXCERPTS).map(excerptOf),
  };
}

/** The first of each agent, then the second of each, and so on. */
function byTurnsOfAgents(found: readonly Found[]): Found[] {
  const seen = new Map<string, number>();
  const ranked = found.map((each) => {
    const rank = seen.get(each.dialogue.agent) ?? 0;
    seen.set(each.dialogue.agent, rank + 1);
    return { each, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ each }) => each);
}

function excerptOf({ dialogue, verdict }: Found): Excerpt {
  const { severity, turn, quotes, jurors } = verdict;
  const said = jurors.find((juror) => juror.verdict === 'fail');
  return {
    ...{ dialogue: dialogueId(dialogue), agent: dialogue.agent, severity, turn, quotes },
    rationale: said?.rationale ?? '',
  };
}

function surest({ jurors }: ModeVerdict): number {
  const failing = jurors.filter(({ verdict }) => verdict === 'fail');
  return Math.max(0, ...failing.map(({ confidence }) => confidence));
}

function byGravity(a: Improvement, b: Improvement): number {
  return (
    compareSeverity(b.severity, a.severity) ||
    b.dialogues.length - a.dialogues.length ||
    (a.failureMode < b.failureMode ? -1 : 1)
  );
}
