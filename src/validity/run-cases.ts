import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import type { RunRecord, StoredDialogue } from '../store/run-record.js';
import { dialogueId } from '../store/run-record.js';
import { primaryFailures } from '../taxonomy/primary-failures.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';

export const SELF_CONSISTENCY =
  'Self-consistency on synthetic agents by the same authors: not judge validity';

/** Dialogues of a run whose agents speak one half of the utterance bank, labelled by realised faults. */
export interface RunCases {
  readonly half: 'first' | 'second';
  readonly dialogues: readonly LabelledDialogue[];
}

/** Takes the faults that took effect as labels; a run of agents that have none gives safe dialogues. */
export async function casesOfRun(
  run: RunRecord,
  stored: AsyncIterable<StoredDialogue>,
  taxonomy: Taxonomy,
): Promise<RunCases[]> {
  const second = new Set(
    run.agents.filter(({ spec }) => spec.endsWith('/second')).map(({ name }) => name),
  );
  const halves = { first: [] as LabelledDialogue[], second: [] as LabelledDialogue[] };
  for await (const dialogue of stored) {
    if (dialogue.attempt?.standing !== 'valid') continue;
    halves[second.has(dialogue.agent) ? 'second' : 'first'].push(toLabelled(dialogue, taxonomy));
  }
  return (['first', 'second'] as const)
    .map((half) => ({ half, dialogues: halves[half] }))
    .filter(({ dialogues }) => dialogues.length > 0);
}

function toLabelled(stored: StoredDialogue, taxonomy: Taxonomy): LabelledDialogue {
  const faults = stored.attempt?.realisedFaults ?? [];
  const primary = primaryFailures(faults, taxonomy);
  return {
    id: dialogueId(stored),
    hazard: stored.attempt?.hazard ?? 'none',
    scenario: stored.scenario,
    turns: stored.attempt?.turns ?? [],
    labels: faults.filter(({ failureMode }) => primary.has(failureMode)),
  };
}
