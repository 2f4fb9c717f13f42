/** Dialogues that a figure rests on, under the address that opens their list. */
export interface DialogueList {
  readonly title: string;
  /** SCENARIO/AGENT/REPEAT. */
  readonly dialogues: readonly string[];
}

/** Gathers the lists to which the figures of a page lead, numbered as they come. */
export class DialogueLists {
  readonly #lists: DialogueList[] = [];

  /** @returns the address, from `#l=1`; undefined for a list of none */
  add(title: string, dialogues: readonly string[]): string | undefined {
    if (dialogues.length === 0) return undefined;
    this.#lists.push({ title, dialogues: [...new Set(dialogues)] });
    return `#l=${this.#lists.length}`;
  }

  all(): readonly DialogueList[] {
    return this.#lists;
  }
}

/** The address that opens a dialogue on the page. */
export function dialogueHref(id: string): string {
  return `#d=${encodeURI(id)}`;
}
