import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';

/**
 * The dialogues of a run that count, in the format of `datasets/labelled`, without labels: those are
 * for people to give.
 */
export async function* labelledLines(
  run: string,
  dialogues: AsyncIterable<StoredDialogue>,
): AsyncGenerator<string> {
  for await (const dialogue of dialogues) {
    const labelled = toLabelled(run, dialogue);
    if (labelled) yield `${JSON.stringify(labelled)}\n`;
  }
}

function toLabelled(run: string, dialogue: StoredDialogue): LabelledDialogue | undefined {
  const { attempt } = dialogue;
  if (attempt?.standing !== 'valid' && attempt?.standing !== 'not-exposed') return undefined;
  if (attempt.turns.length === 0) return undefined;
  return {
    id: `${run}/${dialogueId(dialogue)}`,
    ...(attempt.stated ?? { hazard: attempt.hazard ?? 'none', scenario: dialogue.scenario }),
    turns: attempt.turns,
  };
}
