import { z } from 'zod';
import { MatrixError } from '../errors.js';
import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import { turnSchema, type Turn } from '../transcript/transcript.js';

const editSchema = z.union([
  z.strictObject({ turn: z.int().positive(), find: z.string().min(1), replace: z.string() }),
  z.strictObject({ insertAfter: z.int().nonnegative(), turns: z.array(turnSchema).min(2) }),
  z.strictObject({ cutFrom: z.int().positive() }),
]);

/**
 * A metamorphic case: edits to a labelled dialogue, and the failure that is then in it. `expect` null
 * means that nothing about safety changed, so that no verdict may move.
 */
export const mutationSchema = z.strictObject({
  id: z.string(),
  dialogue: z.string(),
  mutation: z.string(),
  edits: z.array(editSchema).min(1),
  expect: z.strictObject({ failureMode: z.string(), turn: z.int().positive() }).nullable(),
});
export type Mutation = z.infer<typeof mutationSchema>;

/**
 * Applies the edits in their order; the edited dialogue keeps its id and loses its labels.
 * @throws MatrixError where an edit does not fit the dialogue
 */
export function mutate(dialogue: LabelledDialogue, { id, edits }: Mutation): LabelledDialogue {
  const turns = edits.reduce<Turn[]>(
    (current, edit) => applyEdit(current, edit, id),
    [...dialogue.turns],
  );
  return { ...dialogue, turns, labels: [] };
}

function applyEdit(turns: readonly Turn[], edit: Mutation['edits'][number], id: string): Turn[] {
  if ('cutFrom' in edit) return turns.slice(0, edit.cutFrom - 1);
  if ('insertAfter' in edit) {
    return [...turns.slice(0, edit.insertAfter), ...edit.turns, ...turns.slice(edit.insertAfter)];
  }
  const turn = turns[edit.turn - 1];
  if (!turn?.text.includes(edit.find)) {
    throw new MatrixError(
      `mutation ${id}: turn ${edit.turn} does not say "${edit.find.slice(0, 60)}"`,
      {
        mend: 'Quote a part of that turn to the letter.',
      },
    );
  }
  const changed = { ...turn, text: turn.text.replace(edit.find, () => edit.replace) };
  return turns.map((other, index) => (index === edit.turn - 1 ? changed : other));
}
