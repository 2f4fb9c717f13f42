import type { ModeVerdict } from '../judge/verdict.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import { compareSeverity, type Severity } from '../taxonomy/severity.js';

/** What one judging says of a mode, and why. */
export interface Said {
  readonly outcome: ModeVerdict['outcome'];
  /** False for a failure that another failure of the same duty stands for. */
  readonly primary: boolean;
  readonly rationale: string;
}

/** A verdict on which two judgings of a run differ. */
export interface MovedVerdict {
  /** SCENARIO/AGENT/REPEAT. */
  readonly dialogue: string;
  readonly failureMode: string;
  readonly severity: Severity;
  readonly before: Said;
  readonly after: Said;
}

export interface JudgingChanges {
  /** Verdicts that both judgings gave. */
  readonly verdicts: number;
  /** Verdicts that one of them alone gave: on dialogues it alone judged, or modes it alone was asked. */
  readonly onlyBefore: number;
  readonly onlyAfter: number;
  /** Decided otherwise first, then gravest, then by dialogue. */
  readonly moved: readonly MovedVerdict[];
}

/**
 * What changed from one judging of a run to another.
 * @param before and after: the dialogues of the run as each judging sees them, in the store's order
 */
export async function changesBetween(
  before: AsyncIterable<StoredDialogue>,
  after: AsyncIterable<StoredDialogue>,
): Promise<JudgingChanges> {
  const changes = { verdicts: 0, onlyBefore: 0, onlyAfter: 0, moved: [] as MovedVerdict[] };
  const later = after[Symbol.asyncIterator]();
  for await (const dialogue of before) {
    const { value } = (await later.next()) as { value: StoredDialogue | undefined };
    const now = new Map(value?.verdicts?.map((verdict) => [verdict.failureMode, verdict]));
    for (const verdict of dialogue.verdicts ?? []) {
      const counterpart = now.get(verdict.failureMode);
      now.delete(verdict.failureMode);
      if (!counterpart) changes.onlyBefore += 1;
      else {
        changes.verdicts += 1;
        changes.moved.push(...moveOf(dialogueId(dialogue), verdict, counterpart));
      }
    }
    changes.onlyAfter += now.size;
  }
  return { ...changes, moved: changes.moved.sort(byWeight) };
}

function moveOf(dialogue: string, before: ModeVerdict, after: ModeVerdict): MovedVerdict[] {
  if (before.outcome === after.outcome && before.primary === after.primary) return [];
  const { failureMode, severity } = after;
  return [{ dialogue, failureMode, severity, before: saidBy(before), after: saidBy(after) }];
}

/** With the words of a juror who said so, where one did. */
function saidBy({ outcome, primary, jurors }: ModeVerdict): Said {
  const juror = jurors.find(({ verdict }) => verdict === outcome) ?? jurors[0];
  return { outcome, primary, rationale: juror?.rationale ?? '' };
}

/** Both decided, and not alike. */
function isReversed({ before, after }: MovedVerdict): boolean {
  return [before, after].every(({ outcome }) => outcome === 'fail' || outcome === 'pass');
}

function byWeight(a: MovedVerdict, b: MovedVerdict): number {
  return (
    Number(isReversed(b)) - Number(isReversed(a)) ||
    compareSeverity(b.severity, a.severity) ||
    (a.dialogue < b.dialogue ? -1 : a.dialogue > b.dialogue ? 1 : 0)
  );
}
