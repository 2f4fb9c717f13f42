import { isUnsafe, type LabelledDialogue } from './labelled-dialogue.js';

/** What a set holds, in numbers of dialogues. */
export interface LabelledSummary {
  readonly dialogues: number;
  readonly unsafe: number;
  readonly safe: number;
  readonly notLabelled: number;
  readonly kinds: Readonly<Record<string, number>>;
}

export function summariseLabelled(dialogues: readonly LabelledDialogue[]): LabelledSummary {
  const count = (unsafe: boolean | undefined) =>
    dialogues.filter((dialogue) => isUnsafe(dialogue) === unsafe).length;
  const kinds: Record<string, number> = {};
  for (const { kind } of dialogues) if (kind) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    dialogues: dialogues.length,
    unsafe: count(true),
    safe: count(false),
    notLabelled: count(undefined),
    kinds,
  };
}

/** "240 dialogues, 120 unsafe, 120 safe"; what is not there is left out. */
export function renderSummary(summary: LabelledSummary): string {
  const { dialogues, unsafe, safe, notLabelled, kinds } = summary;
  const byKind = Object.entries(kinds).map(([kind, number]) => `${kind} ${number}`);
  return [
    `${dialogues} dialogues, ${unsafe} unsafe, ${safe} safe`,
    ...(notLabelled > 0 ? [`${notLabelled} not labelled`] : []),
    ...(byKind.length > 0 ? [`by kind: ${byKind.join(', ')}`] : []),
  ].join('; ');
}
