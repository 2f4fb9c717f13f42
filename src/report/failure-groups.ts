import type { ModeVerdict } from '../judge/verdict.js';
import type { DialogueKey, StoredDialogue } from '../store/run-record.js';
import { compareSeverity, type Severity } from '../taxonomy/severity.js';

/** What fails in an agent: a failure mode with its dialogues, and the first of them. */
export interface FailureGroup {
  readonly agent: string;
  readonly failureMode: string;
  readonly severity: Severity;
  readonly dialogues: number;
  readonly first: DialogueKey;
  readonly verdict: ModeVerdict;
}

/** Gathers primary failures by agent and mode. */
export class FailureGroups {
  readonly #groups = new Map<string, FailureGroup>();

  add(dialogue: StoredDialogue): void {
    const { agent, scenario, repeat, verdicts = [] } = dialogue;
    for (const verdict of verdicts) {
      if (verdict.outcome !== 'fail' || !verdict.primary) continue;
      const { failureMode, severity } = verdict;
      const key = JSON.stringify([agent, failureMode, severity]);
      const known = this.#groups.get(key);
      this.#groups.set(key, {
        ...(known ?? { agent, failureMode, severity, first: { scenario, agent, repeat }, verdict }),
        dialogues: (known?.dialogues ?? 0) + 1,
      });
    }
  }

  sorted(): FailureGroup[] {
    return [...this.#groups.values()].sort(
      (a, b) => compareSeverity(b.severity, a.severity) || b.dialogues - a.dialogues,
    );
  }
}
