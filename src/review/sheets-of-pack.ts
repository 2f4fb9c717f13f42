import type { SafetyPack } from '../store/review-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { SafetySheet, SheetItem, SheetMode } from './sheet.js';
import type { ShownDialogue } from './shown-dialogue.js';

/**
 * What each reviewer of a pack gets.
 * @param said by dialogue, what reviewers said of it, where that is to be settled
 */
export function sheetsOfPack(
  { study, id, reviewers, items }: SafetyPack,
  dialogues: readonly ShownDialogue[],
  taxonomy: Taxonomy,
  said: ReadonlyMap<string, readonly string[]> = new Map(),
): SafetySheet[] {
  const shown = new Map(dialogues.map((each) => [each.dialogue, each]));
  const sheetItems = new Map(
    items.map(({ code, dialogue, transcript }): [string, SheetItem] => {
      const { task = [], turns = [] } = shown.get(dialogue) ?? {};
      return [code, { code, transcript, task, turns, said: said.get(dialogue) ?? [] }];
    }),
  );
  const modes = modesOf(taxonomy);
  return reviewers.map(({ name, items: codes }) => ({
    ...{ study, pack: id, reviewer: name, modes },
    items: codes.flatMap((code) => sheetItems.get(code) ?? []),
  }));
}

/** Every mode that a single dialogue can show. */
function modesOf({ modes }: Taxonomy): SheetMode[] {
  return [...modes.values()]
    .filter(({ scope }) => scope === 'dialogue')
    .map(({ id, name, criterion }) => ({ id, name, criterion }));
}
