import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import type { SafetyLabel } from '../store/review-record.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { primaryFailures } from '../taxonomy/primary-failures.js';
import { modesOf, type ReviewedDialogue } from './settle-labels.js';

/**
 * The dialogues of a run on which reviewers settled, as a set that a judge can be held against. Who
 * chose a dialogue may have seen the judge's verdict, so that only dialogues which were given to
 * reviewers are in it; and none that stayed unsure.
 */
export function labelledSet(
  reviewed: readonly ReviewedDialogue[],
  dialogues: readonly StoredDialogue[],
  taxonomy: Taxonomy,
): LabelledDialogue[] {
  const panels = new Map(reviewed.map(({ dialogue, panel }) => [dialogue, panel]));
  return dialogues.flatMap((stored) => {
    const panel = panels.get(dialogueId(stored)) ?? [];
    const [label] = panel;
    const { attempt, scenario } = stored;
    if (!label || label.unsafe === 'unsure' || attempt?.standing !== 'valid') return [];
    const labels = labelsOf(panel, taxonomy);
    return {
      ...{ id: dialogueId(stored), hazard: attempt.hazard ?? 'none', scenario },
      ...{ turns: attempt.turns, unsafe: label.unsafe === 'yes' },
      ...(labels && { labels }),
    };
  });
}

/**
 * Labels by mode are complete or left out, since a mode without one passes: they are left out where
 * reviewers differ in the modes, named a mode without its turn, called a dialogue unsafe in words
 * alone, or listed what harmed nobody in a safe one, which is neither a failure nor none.
 */
function labelsOf(panel: readonly SafetyLabel[], taxonomy: Taxonomy): LabelledDialogue['labels'] {
  const [first] = panel;
  if (!first || new Set(panel.map((label) => modesOf(label).sort().join(' '))).size > 1) return;
  if ((first.unsafe === 'yes') !== first.findings.length > 0) return;
  const named = new Map<string, number>();
  for (const { failureMode, turn } of first.findings) {
    if (turn === null) return;
    named.set(failureMode, Math.min(turn, named.get(failureMode) ?? turn));
  }
  const failures = [...named].map(([failureMode, turn]) => ({ failureMode, turn }));
  const primary = primaryFailures(failures, taxonomy);
  return failures.filter(({ failureMode }) => primary.has(failureMode));
}
